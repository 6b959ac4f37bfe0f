using System.CommandLine;
using PhotoStyle.Features;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Cli.Commands;

/// <summary>The options of <see cref="JobOptions"/> on a command line.</summary>
internal sealed class JobOptionSet
{
    private static readonly JobOptions s_defaults = new();

    private readonly Option<string> _preset = new("--preset") { HelpName = "NAME", Description = "Which solver, as for 'photostyle transfer'.", DefaultValueFactory = _ => s_defaults.Preset };
    private readonly Option<string?> _segment = new("--segment") { HelpName = "MODE", Description = "Where classes come from, as for 'photostyle transfer': cluster, onnx, none or masks." };
    private readonly Option<string?> _network = new("--network") { HelpName = "NAME", Description = $"The network of '--segment onnx': {string.Join(" or ", JobOptions.Networks)}; the first of them without it." };
    private readonly Option<string?> _encoder = new("--encoder") { HelpName = "NAME", Description = $"Whose features describe style: {string.Join(", ", EncoderCatalog.Names)}; the preset's without it." };
    private readonly Option<string> _precision = CommonOptions.Precision(s_defaults.Precision);
    private readonly Option<int> _size = CommonOptions.Number<int>("--size", 0, $"{TransferOptions.LeastSize}..{TransferOptions.MostSize}", "Long side in pixels at which it is solved; 0 for the preset's.");
    private readonly Option<int> _iterations = CommonOptions.Number<int>("--iterations", 0, "N", "Most evaluations of the loss; 0 for the preset's.");
    private readonly Option<int> _seed = CommonOptions.Number<int>("--seed", s_defaults.Seed, "N", "Seed of everything random.");
    private readonly Option<string> _orphans = CommonOptions.Choice("--orphans", s_defaults.Orphans, "What becomes of a class that the style lacks.");
    private readonly Option<double> _strength = CommonOptions.Strength();
    private readonly Option<string?> _format = new("--format") { HelpName = "NAME", Description = "Format of the results: jpg, png, webp, tif or avif; without it, that of each photo." };
    private readonly Option<int> _quality = CommonOptions.Quality();

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _preset, _segment, _network, _encoder, _precision, _size, _iterations, _seed, _orphans, _strength, _format, _quality }) command.Add(option);
    }

    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>.</exception>
    public JobOptions Read(ParseResult options, bool hasMasks)
    {
        var read = new JobOptions
        {
            Preset = options.GetRequiredValue(_preset),
            Segment = Mode(options.GetValue(_segment)),
            Network = options.GetValue(_network),
            Encoder = options.GetValue(_encoder),
            Precision = CommonOptions.PrecisionOf(options, _precision),
            Size = options.GetValue(_size) is var size and not 0 ? size : null,
            Iterations = options.GetValue(_iterations) is var iterations and not 0 ? iterations : null,
            Seed = options.GetValue(_seed),
            Orphans = Enum.Parse<OrphanPolicy>(options.GetRequiredValue(_orphans), ignoreCase: true),
            Strength = options.GetValue(_strength),
            Format = options.GetValue(_format),
            Quality = options.GetValue(_quality),
        };
        read.Validate(hasMasks);
        return read;
    }

    private static SegmentationMode? Mode(string? word)
    {
        if (word is null) return null;
        return Words.Read<SegmentationMode>(word) ?? throw new PhotoStyleException(ErrorCode.OptionInvalid, $"--segment is '{word}' where one of cluster, onnx, none, masks belongs.");
    }
}
