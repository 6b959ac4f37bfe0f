using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Pipeline.Workflow;

/// <summary>
/// What <see cref="TransferWorkflow"/> needs of a host. In the cloud each step is a Durable activity with a retry policy, locally a direct call.
/// Steps run at least once and must be idempotent; those of <see cref="PipelineSteps"/> are.
/// </summary>
/// <remarks>
/// Retries, time-outs and clocks are the host's. A step that throws has failed for good: the host has tried again where that could help.
/// A host may throw <see cref="OperationCanceledException"/> from any member once the job is cancelled.
/// </remarks>
public interface ITransferSteps
{
    /// <summary>Takes the inputs of the job as they are now.</summary>
    Task<StepOutcome<JobInputs>> TakeAsync(TransferRequest request);

    /// <summary>Reduces one photo and finds its regions. Called for both photos at once.</summary>
    Task<StepOutcome<ArtifactReference>> SegmentAsync(SegmentRequest request);

    /// <summary>Computes the content's window statistics. Called while both photos are segmented.</summary>
    Task<StepOutcome<ArtifactReference>> ComputeLaplacianAsync(LaplacianRequest request);

    /// <summary>Matches the regions of both photos.</summary>
    Task<StepOutcome<ArtifactReference>> MatchAsync(MatchRequest request);

    /// <summary>Finds the grade, here or on a worker; tells <see cref="SetStatus"/> of its progress.</summary>
    Task<StepOutcome<OptimiseResult>> OptimiseAsync(TransferRequest job, OptimiseRequest request);

    /// <summary>Renders and writes all results.</summary>
    Task<StepOutcome<TransferResult>> RenderAsync(RenderRequest request);

    /// <summary>Writes <c>error.json</c>.</summary>
    Task RecordFailureAsync(FailureRequest request);

    /// <summary>Shows where the job stands. Must not fail.</summary>
    void SetStatus(JobStatus status);

    /// <summary>Called before each step.</summary>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    void ThrowIfCancelled();

    /// <summary>Says what an exception that a step threw means to the user.</summary>
    TransferError Explain(Exception exception);
}
