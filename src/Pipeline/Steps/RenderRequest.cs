using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>Asks for the results of a job.</summary>
/// <param name="Request">The job.</param>
/// <param name="Inputs">What it was given.</param>
/// <param name="Match">The classes.</param>
/// <param name="Optimised">The grade.</param>
/// <param name="Steps">What the steps before took, for the report.</param>
public sealed record RenderRequest(TransferRequest Request, JobInputs Inputs, ArtifactReference Match, OptimiseResult Optimised, IReadOnlyList<StepTiming> Steps);
