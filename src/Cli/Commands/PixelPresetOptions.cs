using System.CommandLine;
using System.Globalization;
using PhotoStyle.Imaging;
using PhotoStyle.Optimization;
using PhotoStyle.Transfer;

namespace PhotoStyle.Cli.Commands;

/// <summary>The options of <c>transfer</c> that only the presets of the pixel solver have.</summary>
internal sealed class PixelPresetOptions
{
    private const string ForPixels = "Presets paper, gatys and doodle: ";
    private static readonly PixelOptions Defaults = new();

    private readonly Option<double> _styleWeight = CommonOptions.Number<double>("--style-weight", Defaults.StyleWeight, "Γ", $"{ForPixels}weight of the style term.");
    private readonly Option<string?> _styleLayers = new("--style-layers")
    {
        HelpName = "NAME[:β],...",
        Description = $"{ForPixels}layers whose Gram matrices are compared, each with a weight if it is not 1; without it, those of {string.Join(",", PixelOptions.DefaultStyleLayers)} that the encoder has.",
    };

    private readonly Option<double> _contentWeight = CommonOptions.Number<double>(
        "--content-weight", Defaults.ContentWeight, "α", $"{ForPixels}weight of the content term; 0 with doodle.");

    private readonly Option<string?> _contentLayer = new("--content-layer")
    {
        HelpName = "NAME",
        Description = $"{ForPixels}the layer whose features are compared with the content's; without it {PixelLayers.DefaultContentLayer}, or the last one before it where the encoder lacks that.",
    };

    private readonly Option<double> _photorealismWeight = CommonOptions.Number<double>(
        "--photorealism-weight", Defaults.PhotorealismWeight, "λ", "Preset paper: weight of the photorealism term in the second stage.");

    private readonly Option<double> _variationWeight = CommonOptions.Number<double>("--variation-weight", Defaults.TotalVariationWeight, "τ", $"{ForPixels}weight of the total variation.");
    private readonly Option<string> _method = new("--method")
    {
        HelpName = string.Join('|', MethodNames.Keys),
        Description = $"{ForPixels}how it goes downhill: L-BFGS with a line search, with steps of length 1 as the published code, or Adam.",
        DefaultValueFactory = _ => MethodNames.First(m => m.Value == Defaults.Method).Key,
    };

    private readonly Option<int> _history = CommonOptions.Number<int>("--history", Defaults.History, "1..200", $"{ForPixels}moves that L-BFGS remembers; each takes 24 bytes a pixel.");
    private readonly Option<double> _rate = CommonOptions.Number<double>("--rate", Defaults.AdamRate, "N", $"{ForPixels}how far Adam moves a colour at once, of 1.");
    private readonly Option<string> _start = CommonOptions.Choice("--start", Defaults.Start, $"{ForPixels}the picture it begins with.");
    private readonly Option<bool> _noSmoothing = new("--no-smoothing")
    {
        Description = "Preset paper: leave out the final step, which makes the result locally affine in the photo and gives it the photo's full detail.",
    };

    private readonly Option<string> _memory = CommonOptions.Choice(
        "--memory", Defaults.Memory, $"{ForPixels}keep all feature maps, or compute some of them again: slower, with less memory, to the same result. By itself it goes by the memory there is.");

    private readonly Option<string?> _preview = CommonOptions.FileOption("--preview", $"{ForPixels}write the picture here now and then while it is painted; later previews replace earlier ones.");
    private readonly Option<int> _previewEvery = CommonOptions.Number<int>("--preview-every", 50, "N", "Iterations between two previews.");

    private static Dictionary<string, PixelMethod> MethodNames { get; } = new()
    {
        ["lbfgs"] = PixelMethod.Lbfgs,
        ["lbfgs-fixed"] = PixelMethod.LbfgsFixed,
        ["adam"] = PixelMethod.Adam,
    };

    private IEnumerable<Option> All =>
    [
        _styleWeight, _styleLayers, _contentWeight, _contentLayer, _photorealismWeight, _variationWeight, _method, _history, _rate, _start, _noSmoothing, _memory,
        _preview, _previewEvery,
    ];

    public PixelPresetOptions() => _method.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && !MethodNames.ContainsKey(result.Tokens[0].Value))
            result.AddError($"--method is '{result.Tokens[0].Value}' where one of {string.Join(", ", MethodNames.Keys)} belongs");
    });

    public void AddTo(Command command)
    {
        foreach (Option option in All) command.Add(option);
    }

    /// <summary>Replaces the defaults of a preset by what was given.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: an option does not fit the preset, or is not understood.</exception>
    public TransferOptions Apply(ParseResult options, TransferOptions preset)
    {
        Option? given = All.FirstOrDefault(option => IsGiven(options, option));
        if (!preset.SolvesPixels && given is not null)
            throw Invalid($"{given.Name} is for the presets {string.Join(", ", TransferOptions.Presets.Skip(1))}: leave it out, or choose one of them with --preset.");
        if (preset.Pixels.Stages == 1 && new Option[] { _photorealismWeight, _noSmoothing }.FirstOrDefault(option => IsGiven(options, option)) is { } onlyPaper)
            throw Invalid($"{onlyPaper.Name} is for the preset {TransferOptions.PaperPreset}: leave it out.");
        if (IsGiven(options, _previewEvery) && options.GetValue(_preview) is null) throw Invalid("There is --preview-every without --preview: name the file.");
        if (options.GetValue(_previewEvery) < 1) throw Invalid($"--preview-every is {options.GetValue(_previewEvery)}: give 1 or more.");
        (IReadOnlyList<string>? layers, IReadOnlyList<double>? weights) = ParseLayers(options.GetValue(_styleLayers));
        return preset with
        {
            Pixels = preset.Pixels with
            {
                StyleWeight = options.GetValue(_styleWeight),
                StyleLayers = layers,
                StyleLayerWeights = weights,
                ContentWeight = CommonOptions.Given(options, _contentWeight, preset.Pixels.ContentWeight),
                ContentLayer = options.GetValue(_contentLayer),
                PhotorealismWeight = options.GetValue(_photorealismWeight),
                TotalVariationWeight = options.GetValue(_variationWeight),
                Method = MethodNames[options.GetRequiredValue(_method)],
                History = options.GetValue(_history),
                AdamRate = options.GetValue(_rate),
                Start = Enum.Parse<PixelStart>(options.GetRequiredValue(_start), ignoreCase: true),
                Smooth = preset.Pixels.Smooth && !options.GetValue(_noSmoothing),
                Memory = Enum.Parse<FeatureMemory>(options.GetRequiredValue(_memory), ignoreCase: true),
            },
        };
    }

    /// <summary>The preview file, if one was asked for.</summary>
    public string? PreviewFile(ParseResult options) => options.GetValue(_preview);

    /// <summary>Writes previews.</summary>
    public Preview? Preview(ParseResult options, int quality) => options.GetValue(_preview) is not { } path ? null : new Preview(options.GetValue(_previewEvery), (picture, _, _) =>
    {
        using Photo photo = Photo.FromFloatImage(picture);
        PhotoWriter.Write(photo, path, new PhotoWriteOptions { Quality = quality });
    });

    private static (IReadOnlyList<string>? Layers, IReadOnlyList<double>? Weights) ParseLayers(string? text)
    {
        if (text is null) return (null, null);
        var layers = new List<string>();
        var weights = new List<double>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] pieces = part.Split(':');
            double weight = 1;
            if (pieces[0].Length == 0 || pieces.Length > 2 || (pieces.Length == 2 && !double.TryParse(pieces[1], NumberStyles.Float, CultureInfo.InvariantCulture, out weight)))
                throw Invalid($"--style-layers has '{part}' where a layer belongs: write relu1_1 or relu1_1:0.5, with commas in between.");
            if (layers.Contains(pieces[0])) throw Invalid($"--style-layers names {pieces[0]} twice: leave one out.");
            layers.Add(pieces[0]);
            weights.Add(weight);
        }
        return (layers, weights);
    }

    private static bool IsGiven(ParseResult options, Option option) => options.GetResult(option) is { Implicit: false };

    private static PhotoStyleException Invalid(string message) => new(ErrorCode.OptionInvalid, message);
}
