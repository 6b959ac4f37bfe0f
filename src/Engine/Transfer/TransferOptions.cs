using PhotoStyle.Grading;
using PhotoStyle.Losses;
using PhotoStyle.Optimization;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Transfer;

/// <summary>How a transfer is made. Validated once, by <see cref="Validate"/>, before work begins.</summary>
public sealed record TransferOptions
{
    /// <summary>The preset of the affine-grid solver.</summary>
    public const string FastPreset = "fast";

    /// <summary>The pixel solver as Luan et al. 2017 use it, in two stages.</summary>
    public const string PaperPreset = "paper";

    /// <summary>The pixel solver as Gatys et al. 2016 use it: whole photos, without the photorealism term. Paints.</summary>
    public const string GatysPreset = "gatys";

    /// <summary>The pixel solver after Champandard 2016: masks drawn by hand say what goes where, without content and without the photorealism term. Paints.</summary>
    public const string DoodlePreset = "doodle";

    /// <summary>The smallest <see cref="Size"/>.</summary>
    public const int LeastSize = 64;

    /// <summary>The largest <see cref="Size"/>.</summary>
    public const int MostSize = 2048;

    /// <summary>The names of all presets.</summary>
    public static IReadOnlyList<string> Presets { get; } = [FastPreset, PaperPreset, GatysPreset, DoodlePreset];

    /// <summary>Which solver with which settings, one of <see cref="Presets"/>. See <see cref="Of"/>.</summary>
    public string Preset { get; init; } = FastPreset;

    /// <summary>Long side in pixels at which the grade is solved, 64 … 2048. The result has the size of the content whatever this is.</summary>
    public int Size { get; init; } = 384;

    /// <summary>Seed of everything random, 0 or more. The same seed on the same machine gives the same bytes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What becomes of labels of the content that the style lacks.</summary>
    public OrphanPolicy Orphans { get; init; } = OrphanPolicy.Remap;

    /// <summary>What the affine-grid solver minimises, and for how long. Its ε is that of the matting Laplacian for both solvers.</summary>
    public SolverOptions Solver { get; init; } = new();

    /// <summary>What the pixel solver minimises, and for how long.</summary>
    public PixelOptions Pixels { get; init; } = new();

    /// <summary>Whether the preset is one of the pixel solver.</summary>
    public bool SolvesPixels => Preset != FastPreset;

    /// <summary>Whether a preset paints whole photos, or what masks drawn by hand say: no classes are looked for unless asked.</summary>
    /// <param name="preset">One of <see cref="Presets"/>.</param>
    public static bool Paints(string preset) => preset is GatysPreset or DoodlePreset;

    /// <summary>The options of a preset, with its defaults.</summary>
    /// <param name="preset">One of <see cref="Presets"/>.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: there is no such preset.</exception>
    public static TransferOptions Of(string preset)
    {
        // The published code reduces photos to this.
        const int publishedSize = 700;
        RequirePreset(preset);
        var pixels = new TransferOptions { Preset = preset, Size = publishedSize };
        return preset switch
        {
            FastPreset => new TransferOptions(),
            PaperPreset => pixels,
            GatysPreset => pixels with { Pixels = new PixelOptions { Stages = 1, Smooth = false } },
            _ => pixels with { Pixels = new PixelOptions { Stages = 1, Smooth = false, ContentWeight = 0 } },
        };
    }

    /// <summary>Chooses the levels of an encoder that the preset looks at, as <c>EncoderCatalog.Open</c> asks for it.</summary>
    /// <param name="available">The activations that there are, in the order of the network.</param>
    /// <returns>Some of them, or null for the encoder's own levels.</returns>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: the encoder lacks a layer that the options name.</exception>
    public IReadOnlyCollection<string>? ChooseLayers(IReadOnlyList<string> available) => SolvesPixels ? PixelLayers.Choose(available, Pixels).All : null;

    /// <summary>Checks every option.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: one is out of its range.</exception>
    public void Validate()
    {
        RequirePreset(Preset);
        Require(Size is >= LeastSize and <= MostSize, FormattableString.Invariant($"The working size is {Size}: give a number from {LeastSize} to {MostSize}."));
        Require(Seed >= 0, FormattableString.Invariant($"The seed is {Seed}: give 0 or more."));
        Require(Solver.Evaluations is >= 1 and <= 100_000, FormattableString.Invariant($"The number of iterations is {Solver.Evaluations}: give a number from 1 to 100000."));
        Require(Solver.CoarseShare is >= 0 and <= 1, FormattableString.Invariant($"The coarse share is {Solver.CoarseShare}: give a number from 0 to 1."));
        RequireWeight("style", Solver.StyleWeight);
        RequireWeight("colour", Solver.ColourWeight);
        RequireWeight("content", Solver.ContentWeight);
        RequireWeight("photorealism", Solver.PhotorealismWeight);
        RequireWeight("clamp", Solver.ClampWeight);
        RequireWeight("reversal", Solver.ReversalWeight);
        SmoothnessOptions smooth = Solver.Smoothness;
        foreach (double weight in new[] { smooth.Spatial, smooth.SpatialChroma, smooth.Range, smooth.RangeChroma }) RequireWeight("smoothness", weight);
        Require(double.IsFinite(Solver.Epsilon) && Solver.Epsilon > 0, FormattableString.Invariant($"Epsilon is {Solver.Epsilon}: give a positive number."));
        GridShape grid = Solver.Grid;
        Require(
            new[] { grid.Width, grid.Height, grid.Depth }.All(cells => cells is >= GridShape.LeastCells and <= GridShape.MostCells),
            FormattableString.Invariant($"The grid has {grid.Width}×{grid.Height}×{grid.Depth} cells: give {GridShape.LeastCells} to {GridShape.MostCells} along each axis."));
        ValidatePixels();
    }

    private void ValidatePixels()
    {
        Require(Pixels.Stages is 1 or 2, FormattableString.Invariant($"The number of stages is {Pixels.Stages}: give 1 or 2."));
        Require(Pixels.Iterations is >= 1 and <= 100_000, FormattableString.Invariant($"The number of iterations is {Pixels.Iterations}: give a number from 1 to 100000."));
        Require(Pixels.History is >= 1 and <= 200, FormattableString.Invariant($"The history is {Pixels.History}: give a number from 1 to 200."));
        Require(Pixels.AdamRate > 0 && double.IsFinite(Pixels.AdamRate), FormattableString.Invariant($"The rate is {Pixels.AdamRate}: give a positive number."));
        RequireWeight("style", Pixels.StyleWeight);
        RequireWeight("content", Pixels.ContentWeight);
        RequireWeight("photorealism", Pixels.PhotorealismWeight);
        RequireWeight("variation", Pixels.TotalVariationWeight);
        Require(Pixels.StyleLayers is not { Count: 0 }, "There are no style layers: name at least one.");
        if (Pixels.StyleLayerWeights is { } weights)
        {
            int layers = (Pixels.StyleLayers ?? PixelOptions.DefaultStyleLayers).Count;
            Require(weights.Count == layers, FormattableString.Invariant($"There are {weights.Count} weights for {layers} style layers: give one for each."));
            foreach (double weight in weights) RequireWeight("style", weight);
        }
        Require(Pixels.SmoothRadius is >= 0 and <= 64, FormattableString.Invariant($"The smoothing radius is {Pixels.SmoothRadius}: give a number from 0 to 64."));
        Require(Pixels.SmoothRange > 0 && double.IsFinite(Pixels.SmoothRange), FormattableString.Invariant($"The smoothing range is {Pixels.SmoothRange}: give a positive number."));
    }

    private static void RequirePreset(string preset) =>
        Require(Presets.Contains(preset), $"There is no preset '{preset}': choose {string.Join(", ", Presets.SkipLast(1))} or {Presets[^1]}.");

    private static void RequireWeight(string term, double weight) =>
        Require(double.IsFinite(weight) && weight >= 0, FormattableString.Invariant($"The weight of the {term} term is {weight}: give 0 or more."));

    private static void Require(bool condition, string otherwise)
    {
        if (!condition) throw new PhotoStyleException(ErrorCode.OptionInvalid, otherwise);
    }
}
