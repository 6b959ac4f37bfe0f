using PhotoStyle.Grading;
using PhotoStyle.Losses;

namespace PhotoStyle.Optimization;

/// <summary>What the affine-grid solver minimises, and for how long.</summary>
public sealed record SolverOptions
{
    /// <summary>Evaluations of loss and gradient, at least 1.</summary>
    public int Evaluations { get; init; } = 90;

    /// <summary>The share of them, 0 to 1, that is made at half the working size first, where they cost a quarter.</summary>
    public double CoarseShare { get; init; } = 0.5;

    /// <summary>Γ: weight of the style term.</summary>
    public double StyleWeight { get; init; } = 1;

    /// <summary>α: weight of the content term.</summary>
    public double ContentWeight { get; init; }

    /// <summary>Weight of the distance between the colours of each class and its style's.</summary>
    public double ColourWeight { get; init; } = 0.6;

    /// <summary>
    /// λ: weight of the photorealism term, for a style of the local contrast <see cref="Losses.PhotorealismWeighting.Reference"/>; smoother styles make it count for
    /// more, rougher ones for less.
    /// </summary>
    public double PhotorealismWeight { get; init; } = 15;

    /// <summary>Weight of the penalty on values outside [0, 1].</summary>
    public double ClampWeight { get; init; } = 10;

    /// <summary>Weight of the penalty on light and shadow that change places.</summary>
    public double ReversalWeight { get; init; } = 5;

    /// <summary>Weights of the smoothness of the grids.</summary>
    public SmoothnessOptions Smoothness { get; init; } = new();

    /// <summary>Cells of each grid.</summary>
    public GridShape Grid { get; init; } = new();

    /// <summary>ε of the matting Laplacian, in squared units of [0, 1] colours.</summary>
    public double Epsilon { get; init; } = 1e-7;
}
