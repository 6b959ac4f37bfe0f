using PhotoStyle.Segmentation;

namespace PhotoStyle.Grading;

/// <summary>
/// The result of a style transfer, independent of resolution: for each class a bilateral grid of affine colour transforms, and where the classes are.
/// Applied to the photo it was solved for at any size, or to another photo of the same scene, at any strength, without solving again.
/// </summary>
/// <param name="Grids">The transforms of each class.</param>
/// <param name="MaskFields">The classes as guided-filter fields over the photo's colours (see <see cref="SoftMasks"/>); null if there is one class only.</param>
/// <param name="GlobalCurve">
/// The global part: for each luma cell of the grids the mean transform of the pixels there, <see cref="GridShape.Depth"/> × 12 coefficients.
/// </param>
/// <param name="Info">What it was made from and with.</param>
public sealed record Grade(AffineGrids Grids, GuidedFilterCoefficients? MaskFields, float[] GlobalCurve, GradeInfo Info)
{
    /// <summary>The highest strength that makes sense: half as far again beyond the style.</summary>
    public const double MaxStrength = 1.5;

    /// <summary>Checks a strength.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: it is out of range.</exception>
    internal static void RequireStrength(double strength)
    {
        if (strength is not (>= 0 and <= MaxStrength))
        {
            throw new PhotoStyleException(ErrorCode.OptionInvalid, FormattableString.Invariant($"Strength is {strength}: give a number from 0 to {MaxStrength}."));
        }
    }
}
