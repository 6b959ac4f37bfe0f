using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Jobs;

/// <summary>How a job is done: the options of the command line that make sense where no files can be named.</summary>
public sealed record JobOptions
{
    private static readonly TransferOptions s_defaults = new();

    /// <summary>Which solver with which settings, one of <see cref="TransferOptions.Presets"/>.</summary>
    public string Preset { get; init; } = s_defaults.Preset;

    /// <summary>Where classes come from; null for masks where there are some, and else clustering.</summary>
    public SegmentationMode? Segment { get; init; }

    /// <summary>Whose features describe style, one of <see cref="EncoderCatalog.Names"/>.</summary>
    public string Encoder { get; init; } = EmbeddedEncoder.Name;

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
    public SegmentationMode SegmentationFor(bool hasMasks) => Segment ?? (hasMasks ? SegmentationMode.Masks : SegmentationMode.Cluster);

    /// <summary>Checks every option; done once, at the door.</summary>
    /// <param name="hasMasks">Whether the job has masks.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>.</exception>
    public void Validate(bool hasMasks)
    {
        Require(!hasMasks || SegmentationFor(hasMasks) == SegmentationMode.Masks, $"There are masks and the segmentation '{Segment}': give one of the two.");
        Require(hasMasks || Segment != SegmentationMode.Masks, "There is the segmentation 'masks' without masks: give a mask for each photo, or leave it out.");
        ToTransferOptions().Validate();
        // A path of a weight file would be one of the machine that works, not of the one that asks.
        Require(EncoderCatalog.Names.Contains(Encoder), $"There is no encoder '{Encoder}': choose {string.Join(", ", EncoderCatalog.Names)}.");
        Require(Strength is >= 0 and <= Grade.MaxStrength, FormattableString.Invariant($"The strength is {Strength}: give a number from 0 to {Grade.MaxStrength}."));
        Require(Quality is >= 1 and <= 100, FormattableString.Invariant($"The quality is {Quality}: give a number from 1 to 100."));
        Require(Format is null or "jpg" or "png" or "webp" or "tif" or "avif", $"There is no format '{Format}': choose jpg, png, webp, tif or avif.");
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition) throw new PhotoStyleException(ErrorCode.OptionInvalid, otherwise);
    }
}
