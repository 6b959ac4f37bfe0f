using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Networks;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Jobs;

/// <summary>How a job is done: the options of the command line that make sense where no files can be named.</summary>
public sealed record JobOptions
{
    private static readonly TransferOptions s_defaults = new();

    /// <summary>The networks that a job can name. A path would be one of the machine that works, not of the one that asks.</summary>
    public static IReadOnlyList<string> Networks { get; } = [SegmentationNetwork.DefaultName, Segmenter.CompactName];

    /// <summary>Which solver with which settings, one of <see cref="TransferOptions.Presets"/>.</summary>
    public string Preset { get; init; } = s_defaults.Preset;

    /// <summary>Where classes come from; null for masks where there are some, and else clustering, or nothing with the presets that paint.</summary>
    public SegmentationMode? Segment { get; init; }

    /// <summary>The network of <see cref="SegmentationMode.Onnx"/>, one of <see cref="Networks"/>; null for the first of them.</summary>
    public string? Network { get; init; }

    /// <summary>Whose features describe style, one of <see cref="EncoderCatalog.Names"/>; null for the preset's.</summary>
    public string? Encoder { get; init; }

    /// <summary>In which numbers the encoder computes. Not left to the machine unless asked for, so that a job gives the same bytes on each.</summary>
    public Precision Precision { get; init; } = Precision.Full;

    /// <summary>Long side in pixels at which it is solved; null for the preset's.</summary>
    public int? Size { get; init; }

    /// <summary>Most evaluations of the loss, of the pixel solver's presets iterations of each stage; null for the preset's.</summary>
    public int? Iterations { get; init; }

    /// <summary>Seed of everything random.</summary>
    public int Seed { get; init; } = s_defaults.Seed;

    /// <summary>What becomes of labels of the content that the style lacks.</summary>
    public OrphanPolicy Orphans { get; init; } = s_defaults.Orphans;

    /// <summary>0 (nothing) … 1 (the style) … 1.5 (beyond it).</summary>
    public double Strength { get; init; } = 1;

    /// <summary>Format of the result: <c>jpg</c>, <c>png</c>, <c>webp</c>, <c>tif</c> or <c>avif</c>; null for that of the content.</summary>
    public string? Format { get; init; }

    /// <summary>Quality of JPEG, WebP and AVIF, 1 to 100.</summary>
    public int Quality { get; init; } = PhotoWriteOptions.Default.Quality;

    /// <summary>The engine's options.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: there is no such preset.</exception>
    public TransferOptions ToTransferOptions()
    {
        TransferOptions preset = TransferOptions.Of(Preset);
        return preset with
        {
            Size = Size ?? preset.Size,
            Seed = Seed,
            Orphans = Orphans,
            Solver = preset.SolvesPixels ? preset.Solver : preset.Solver with { Evaluations = Iterations ?? preset.Solver.Evaluations },
            Pixels = preset.SolvesPixels ? preset.Pixels with { Iterations = Iterations ?? preset.Pixels.Iterations } : preset.Pixels,
        };
    }

    /// <summary>Where the classes of a job come from.</summary>
    /// <param name="hasMasks">Whether the job has masks.</param>
    public SegmentationMode SegmentationFor(bool hasMasks) =>
        Segment ?? (hasMasks ? SegmentationMode.Masks : TransferOptions.Paints(Preset) ? SegmentationMode.None : SegmentationMode.Cluster);

    /// <summary>The network that is asked for classes; null if none is.</summary>
    /// <param name="hasMasks">Whether the job has masks.</param>
    public string? NetworkFor(bool hasMasks) => SegmentationFor(hasMasks) == SegmentationMode.Onnx ? Network ?? Networks[0] : null;

    /// <summary>The encoder that is used.</summary>
    public string EncoderFor(TransferOptions options) => Encoder ?? EncoderCatalog.DefaultFor(options);

    /// <summary>Checks every option; done once, at the door.</summary>
    /// <param name="hasMasks">Whether the job has masks.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>.</exception>
    public void Validate(bool hasMasks)
    {
        SegmentationMode segment = SegmentationFor(hasMasks);
        Require(!hasMasks || segment == SegmentationMode.Masks, $"There are masks and the segmentation '{Word(segment)}': give one of the two.");
        Require(hasMasks || segment != SegmentationMode.Masks, "There is the segmentation 'masks' without masks: give a mask for each photo, or leave it out.");
        Require(
            Network is null || segment == SegmentationMode.Onnx,
            $"There is the network '{Network}' and the segmentation '{Word(segment)}', which asks none: give the segmentation 'onnx', or leave the network out.");
        Require(Network is null || Networks.Contains(Network), $"There is no network '{Network}' for jobs: choose {string.Join(" or ", Networks)}.");
        ToTransferOptions().Validate();
        Require(
            Preset != TransferOptions.GatysPreset || segment == SegmentationMode.None,
            $"The preset {TransferOptions.GatysPreset} paints the whole photo: leave masks and segmentation out, or choose {TransferOptions.DoodlePreset} or {TransferOptions.PaperPreset}.");
        Require(
            Preset != TransferOptions.DoodlePreset || segment != SegmentationMode.None,
            $"The preset {TransferOptions.DoodlePreset} paints what masks say: give masks for both photos or a segmentation, or choose {TransferOptions.GatysPreset}.");
        // A path of a weight file would be one of the machine that works, not of the one that asks.
        Require(Encoder is null || EncoderCatalog.Names.Contains(Encoder), $"There is no encoder '{Encoder}': choose {string.Join(", ", EncoderCatalog.Names)}.");
        Require(Strength is >= 0 and <= Grade.MaxStrength, FormattableString.Invariant($"The strength is {Strength}: give a number from 0 to {Grade.MaxStrength}."));
        Require(Quality is >= 1 and <= 100, FormattableString.Invariant($"The quality is {Quality}: give a number from 1 to 100."));
        Require(Format is null or "jpg" or "png" or "webp" or "tif" or "avif", $"There is no format '{Format}': choose jpg, png, webp, tif or avif.");
    }

    private static string Word(SegmentationMode mode) => mode.ToString().ToLowerInvariant();

    private static void Require(bool condition, string otherwise)
    {
        if (!condition) throw new PhotoStyleException(ErrorCode.OptionInvalid, otherwise);
    }
}
