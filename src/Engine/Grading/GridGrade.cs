using PhotoStyle.Segmentation;

namespace PhotoStyle.Grading;

/// <summary>What the affine-grid solver finds: for each class a bilateral grid of affine colour transforms, and where the classes are.</summary>
/// <param name="Grids">The transforms of each class.</param>
/// <param name="MaskFields">The classes as guided-filter fields over the photo's colours (see <see cref="SoftMasks"/>); null if there is one class only.</param>
/// <param name="GlobalCurve">See <see cref="Grade"/>; <see cref="GridShape.Depth"/> cells.</param>
/// <param name="Info">See <see cref="Grade"/>.</param>
public sealed record GridGrade(AffineGrids Grids, GuidedFilterCoefficients? MaskFields, float[] GlobalCurve, GradeInfo Info) : Grade(GlobalCurve, Info);
