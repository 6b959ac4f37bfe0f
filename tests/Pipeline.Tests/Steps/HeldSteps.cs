using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Workflow;

namespace PhotoStyle.Pipeline.Tests.Steps;

/// <summary>The real steps, which wait after the first one until a test lets them go on.</summary>
internal sealed class HeldSteps(PipelineSteps steps, Task goOn) : ITransferSteps
{
    /// <summary>The photos were taken.</summary>
    public TaskCompletionSource Taken { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<StepOutcome<JobInputs>> TakeAsync(TransferRequest request)
    {
        StepOutcome<JobInputs> taken = await steps.TakeAsync(request, Cancellation);
        Taken.SetResult();
        await goOn;
        return taken;
    }

    public Task<StepOutcome<ArtifactReference>> SegmentAsync(SegmentRequest request) => steps.SegmentAsync(request, Cancellation);

    public Task<StepOutcome<ArtifactReference>> ComputeLaplacianAsync(LaplacianRequest request) => steps.ComputeLaplacianAsync(request, Cancellation);

    public Task<StepOutcome<ArtifactReference>> MatchAsync(MatchRequest request) => steps.MatchAsync(request, Cancellation);

    public Task<StepOutcome<OptimiseResult>> OptimiseAsync(TransferRequest job, OptimiseRequest request) => steps.OptimiseAsync(request, null, null, Cancellation);

    public Task<StepOutcome<TransferResult>> RenderAsync(RenderRequest request) => steps.RenderAsync(request, Cancellation);

    public Task RecordFailureAsync(FailureRequest request) => steps.RecordFailureAsync(request, Cancellation);

    public void SetStatus(JobStatus status)
    {
    }

    public void ThrowIfCancelled()
    {
    }

    public TransferError Explain(Exception exception) => TransferError.OfBug(exception);
}
