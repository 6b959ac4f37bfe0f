using System.Text.Json.Serialization;

namespace PhotoStyle.Pipeline.Jobs;

/// <summary>How a job ended: either of the two is set.</summary>
/// <param name="Result">The result.</param>
/// <param name="Error">Why there is none.</param>
public sealed record JobOutcome(TransferResult? Result, TransferError? Error)
{
    /// <summary>What that makes of the job.</summary>
    [JsonIgnore]
    public JobState State => Result is not null ? JobState.Completed : Error?.ToState() ?? JobState.Failed;
}
