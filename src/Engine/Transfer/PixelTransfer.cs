using System.Globalization;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Matting;
using PhotoStyle.Optimization;
using PhotoStyle.Segmentation;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Transfer;

/// <summary>The presets of the pixel solver.</summary>
internal static class PixelTransfer
{
    // Of the grade's global part; as many as affine grids have by default.
    private const int CurveCells = 8;

    /// <summary>See <see cref="StyleTransfer.Optimise"/>.</summary>
    public static FieldGrade Optimise(
        PreparedPair pair,
        IFeatureEncoder encoder,
        TransferOptions options,
        Action<SolveProgress>? progress,
        Checkpoint? checkpoint,
        Preview? preview,
        CancellationToken cancellation)
    {
        (WorkingPhoto content, WorkingPhoto style, MatchedPair classes, MattingLaplacian laplacian) = pair;
        RequireLabels(content, options);
        PixelOptions pixels = options.Pixels;
        PixelLayers layers = PixelLayers.Choose([.. encoder.Levels.Select(level => level.Name)], pixels);
        var classedContent = new ClassedImage(content.Image, classes.Masks(classes.ContentClasses, content.Image));
        var classedStyle = new ClassedImage(style.Image, classes.Masks(classes.StyleClasses, style.Image));
        bool[] styled = [.. classes.Match.Classes.Select(c => c.StyleLabel is not null)];
        SortedDictionary<string, string> described = Describe(options, layers);
        CheckpointStore? store = checkpoint is null ? null : new CheckpointStore(checkpoint, StyleTransfer.Fingerprint(classedContent, classedStyle, encoder, described));

        FloatImage picture;
        using (var objective = new PixelObjective(classedContent, classedStyle, styled, pixels.Stages == 2 ? laplacian : null, encoder, layers, pixels, Recomputes(encoder, content.Image, pixels)))
        {
            picture = PixelSolver.Solve(objective, content.Image, options.Seed, pixels, store, progress, preview, cancellation);
        }
        AffineField field = pixels.Smooth
            ? AffineField.Fit(content.Image, picture, options.Solver.Epsilon, pixels.SmoothRadius, pixels.SmoothRange, cancellation)
            : new AffineField(picture);
        return new FieldGrade(field, GlobalCurve.Of(content.Image, field.Apply(content.Image), CurveCells), StyleTransfer.Info(content, classes, encoder, options, described));
    }

    private static bool Recomputes(IFeatureEncoder encoder, FloatImage content, PixelOptions pixels) => pixels.Memory switch
    {
        FeatureMemory.Keep => false,
        FeatureMemory.Recompute => encoder is ConvolutionalEncoder
            ? true
            : throw new PhotoStyleException(ErrorCode.OptionInvalid, $"The encoder {encoder.Name} can not be run level by level: let all feature maps be kept, or choose another encoder."),
        _ => encoder is ConvolutionalEncoder && 3 * PixelSolver.FeatureBytes(encoder, content) > MemoryOf(encoder.Device),
    };

    private static long MemoryOf(Device device) => device.type == DeviceType.CUDA ? CudaDriver.Memory(device) : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private static void RequireLabels(WorkingPhoto content, TransferOptions options)
    {
        if (options.Preset == TransferOptions.GatysPreset && content.Labels is not null)
        {
            throw new PhotoStyleException(
                ErrorCode.OptionInvalid, $"The preset {TransferOptions.GatysPreset} compares whole photos: leave the masks out, or choose {TransferOptions.DoodlePreset} or {TransferOptions.PaperPreset}.");
        }
        if (options.Preset == TransferOptions.DoodlePreset && content.Labels is null)
        {
            throw new PhotoStyleException(
                ErrorCode.OptionInvalid, $"The preset {TransferOptions.DoodlePreset} paints what masks say: give masks for both photos, or choose {TransferOptions.GatysPreset}.");
        }
    }

    private static SortedDictionary<string, string> Describe(TransferOptions options, PixelLayers layers)
    {
        PixelOptions pixels = options.Pixels;
        string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
        return new(StringComparer.Ordinal)
        {
            ["adamRate"] = Text(pixels.AdamRate),
            ["contentLayer"] = layers.Content ?? "none",
            ["contentWeight"] = Text(pixels.ContentWeight),
            ["epsilon"] = Text(options.Solver.Epsilon),
            ["history"] = Text(pixels.History),
            ["iterations"] = Text(pixels.Iterations),
            ["method"] = Text(pixels.Method).ToLowerInvariant(),
            ["orphans"] = Text(options.Orphans).ToLowerInvariant(),
            ["photorealismWeight"] = Text(pixels.PhotorealismWeight),
            ["seed"] = Text(options.Seed),
            ["size"] = Text(options.Size),
            ["smoothing"] = pixels.Smooth ? string.Create(CultureInfo.InvariantCulture, $"{pixels.SmoothRadius}/{pixels.SmoothRange}") : "none",
            ["stages"] = Text(pixels.Stages),
            ["start"] = Text(pixels.Start).ToLowerInvariant(),
            ["styleLayers"] = string.Join(',', layers.Style.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Layer}:{s.Weight}"))),
            ["styleWeight"] = Text(pixels.StyleWeight),
            ["variationWeight"] = Text(pixels.TotalVariationWeight),
        };
    }
}
