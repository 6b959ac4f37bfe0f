using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>A grade.</summary>
/// <param name="Grade">The grade's file.</param>
/// <param name="Figures">What optimising came to.</param>
public sealed record OptimiseResult(ArtifactReference Grade, OptimiseFigures Figures);
