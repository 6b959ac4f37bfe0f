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

    /// <summary>The smallest <see cref="Size"/>.</summary>
    public const int LeastSize = 64;

    /// <summary>The largest <see cref="Size"/>.</summary>
    public const int MostSize = 2048;

    /// <summary>Which solver with which settings: <c>fast</c>.</summary>
    public string Preset { get; init; } = FastPreset;

    /// <summary>Long side in pixels at which the grade is solved, 64 … 2048. The result has the size of the content whatever this is.</summary>
    public int Size { get; init; } = 384;

    /// <summary>Seed of everything random, 0 or more. The same seed on the same machine gives the same bytes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What becomes of labels of the content that the style lacks.</summary>
    public OrphanPolicy Orphans { get; init; } = OrphanPolicy.Remap;

    /// <summary>What is minimised, and for how long.</summary>
    public SolverOptions Solver { get; init; } = new();

    /// <summary>Checks every option.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: one is out of its range.</exception>
    public void Validate()
    {
        Require(Preset == FastPreset, $"There is no preset '{Preset}': choose {FastPreset}.");
        Require(Size is >= LeastSize and <= MostSize, FormattableString.Invariant($"The working size is {Size}: give a number from {LeastSize} to {MostSize}."));
        Require(Seed >= 0, FormattableString.Invariant($"The seed is {Seed}: give 0 or more."));
        Require(Solver.Evaluations is >= 1 and <= 100_000, FormattableString.Invariant($"The number of iterations is {Solver.Evaluations}: give a number from 1 to 100000."));
        RequireWeight("style", Solver.StyleWeight);
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
    }

    private static void RequireWeight(string term, double weight) =>
        Require(double.IsFinite(weight) && weight >= 0, FormattableString.Invariant($"The weight of the {term} term is {weight}: give 0 or more."));

    private static void Require(bool condition, string otherwise)
    {
        if (!condition) throw new PhotoStyleException(ErrorCode.OptionInvalid, otherwise);
    }
}
