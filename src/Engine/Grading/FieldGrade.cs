namespace PhotoStyle.Grading;

/// <summary>
/// What the pixel solver finds: an affine colour transform for each pixel at working size, or, where the result is a painting, its colours alone.
/// </summary>
/// <param name="Field">The transforms or colours.</param>
/// <param name="GlobalCurve">See <see cref="Grade"/>.</param>
/// <param name="Info">See <see cref="Grade"/>.</param>
public sealed record FieldGrade(AffineField Field, float[] GlobalCurve, GradeInfo Info) : Grade(GlobalCurve, Info);
