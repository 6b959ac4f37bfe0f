using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Workflow;

/// <summary>A step came to an error: leads out of the workflow's way, never further.</summary>
internal sealed class StepFailedException(TransferError error) : Exception(error.Message)
{
    public TransferError Error { get; } = error;
}
