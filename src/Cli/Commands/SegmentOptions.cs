using System.CommandLine;
using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Networks;

namespace PhotoStyle.Cli.Commands;

/// <summary>The options that say where classes come from.</summary>
internal static class SegmentOptions
{
    private const string ModeName = "--segment";

    /// <summary>The choice among some of the modes; null where it is not given.</summary>
    public static Option<string?> Mode(params SegmentationMode[] modes)
    {
        string[] words = [.. modes.Select(Word)];
        var option = new Option<string?>(ModeName)
        {
            HelpName = string.Join('|', words),
            Description = "Where classes come from: 'cluster' finds what looks alike in both photos, 'onnx' asks a network what they show" +
                (modes.Contains(SegmentationMode.None) ? ", 'none' makes the whole photo one class, 'masks' are given by you. [default: masks where they are given, else cluster]" : ". [default: cluster]"),
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !words.Contains(result.Tokens[0].Value))
                result.AddError($"{ModeName} is '{result.Tokens[0].Value}' where one of {string.Join(", ", words)} belongs");
        });
        return option;
    }

    public static Option<string> Network() => new("--network")
    {
        HelpName = "NAME",
        Description = $"The network of '{ModeName} onnx': {SegmentationNetwork.DefaultName}; {Segmenter.CompactName}, which is part of the program and knows outdoor scenes only; or the path of an .onnx file with its description in a .json file beside it.",
        DefaultValueFactory = _ => SegmentationNetwork.DefaultName,
    };

    public static SegmentationMode? Parse(string? word) => word is null ? null : Enum.Parse<SegmentationMode>(word, ignoreCase: true);

    /// <summary>What a transfer does, and whether that fits the masks.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>.</exception>
    public static SegmentationMode Resolve(string? word, bool hasMasks)
    {
        SegmentationMode mode = Parse(word) ?? (hasMasks ? SegmentationMode.Masks : SegmentationMode.Cluster);
        if (hasMasks && mode != SegmentationMode.Masks)
            throw new PhotoStyleException(ErrorCode.OptionInvalid, $"There are masks and {ModeName} {Word(mode)}: give one of the two.");
        if (!hasMasks && mode == SegmentationMode.Masks)
            throw new PhotoStyleException(ErrorCode.OptionInvalid, $"There is {ModeName} masks without masks: give --content-mask and --style-mask; 'photostyle segment' makes some to begin with.");
        return mode;
    }

    private static string Word(SegmentationMode mode) => mode.ToString().ToLowerInvariant();
}
