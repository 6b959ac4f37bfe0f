namespace PhotoStyle.Scoring;

/// <summary>The four figures of a result. There is no sum of them: a result beats another when it is at least as good on all four.</summary>
/// <param name="Swd">Colour distance to the style, see <see cref="SlicedWasserstein"/>; lower is better.</param>
/// <param name="Gram">Texture distance to the style, see <see cref="GramDistance"/>; lower is better.</param>
/// <param name="Struct">Local correlation with the content, see <see cref="StructureCorrelation"/>, −1 to 1; higher is better.</param>
/// <param name="Lap">Σ_c V_cᵀ M V_c / (3N), M the matting Laplacian of the content; 0 where colours are locally affine in the content's; lower is better.</param>
public sealed record Scores(double Swd, double Gram, double Struct, double Lap)
{
    /// <summary>The relative amount by which a figure may be worse than a published result's and still counts as at least as good.</summary>
    public const double Tolerance = 0.02;

    /// <summary>Whether no figure is worse than the other's.</summary>
    /// <param name="other">The result to hold against.</param>
    /// <param name="tolerance">Relative amount by which a figure may be worse, for example 0.01.</param>
    public bool IsAtLeastAsGoodAs(Scores other, double tolerance) => AtLeastAsGood(other, tolerance).All(good => good);

    /// <summary>For each figure, in their order, whether it is no worse than the other's.</summary>
    /// <param name="other">The result to hold against.</param>
    /// <param name="tolerance">Relative amount by which a figure may be worse, for example 0.01.</param>
    public IReadOnlyList<bool> AtLeastAsGood(Scores other, double tolerance) =>
    [
        Swd <= other.Swd * (1 + tolerance),
        Gram <= other.Gram * (1 + tolerance),
        Struct >= other.Struct - Math.Abs(other.Struct) * tolerance,
        Lap <= other.Lap * (1 + tolerance),
    ];
}
