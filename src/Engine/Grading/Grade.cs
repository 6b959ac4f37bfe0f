namespace PhotoStyle.Grading;

/// <summary>
/// The result of a style transfer, independent of resolution. Applied to the photo it was solved for at any size, or to another photo of the same scene, at any
/// strength, without solving again.
/// </summary>
/// <param name="GlobalCurve">
/// The global part: for each of some luma cells, at least two, the transform that fits the pixels there best on the whole, 12 coefficients each.
/// </param>
/// <param name="Info">What it was made from and with.</param>
public abstract record Grade(float[] GlobalCurve, GradeInfo Info)
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
