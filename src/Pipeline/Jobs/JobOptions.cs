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

    /// <summary>Which solver with which settings.</summary>
    public string Preset { get; init; } = s_defaults.Preset;

    /// <summary>Where classes come from.</summary>
    public SegmentMode Segment { get; init; } = SegmentMode.Masks;

    /// <summary>Whose features describe style, one of <see cref="EncoderCatalog.Names"/>.</summary>
    public string Encoder { get; init; } = EmbeddedEncoder.Name;

    /// <summary>Long side in pixels at which it is solved.</summary>
    public int Size { get; init; } = s_defaults.Size;

    /// <summary>Most evaluations of the loss.</summary>
    public int Iterations { get; init; } = s_defaults.Solver.Evaluations;

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
    public TransferOptions ToTransferOptions() => s_defaults with
    {
        Preset = Preset,
        Size = Size,
        Seed = Seed,
        Orphans = Orphans,
        Solver = s_defaults.Solver with { Evaluations = Iterations },
    };

    /// <summary>Checks every option; done once, at the door.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>.</exception>
    public void Validate()
    {
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
