using Microsoft.Azure.Functions.Worker;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Functions.Orchestration;

/// <summary>The steps of a job as activities, which may run more than once: those of <see cref="PipelineSteps"/> can.</summary>
public sealed class StepActivities(PipelineSteps steps)
{
    [Function(nameof(Take))]
    public Task<StepOutcome<JobInputs>> Take([ActivityTrigger] TransferRequest request, CancellationToken cancel) => steps.TakeAsync(request, cancel);

    [Function(nameof(Segment))]
    public Task<StepOutcome<ArtifactReference>> Segment([ActivityTrigger] SegmentRequest request, CancellationToken cancel) => steps.SegmentAsync(request, cancel);

    [Function(nameof(ComputeLaplacian))]
    public Task<StepOutcome<ArtifactReference>> ComputeLaplacian([ActivityTrigger] LaplacianRequest request, CancellationToken cancel) =>
        steps.ComputeLaplacianAsync(request, cancel);

    [Function(nameof(Match))]
    public Task<StepOutcome<ArtifactReference>> Match([ActivityTrigger] MatchRequest request, CancellationToken cancel) => steps.MatchAsync(request, cancel);

    [Function(nameof(Render))]
    public Task<StepOutcome<TransferResult>> Render([ActivityTrigger] RenderRequest request, CancellationToken cancel) => steps.RenderAsync(request, cancel);

    [Function(nameof(RecordFailure))]
    public Task RecordFailure([ActivityTrigger] FailureRequest request, CancellationToken cancel) => steps.RecordFailureAsync(request, cancel);
}
