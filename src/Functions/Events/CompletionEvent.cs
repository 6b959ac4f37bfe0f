using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Events;

/// <summary>The data of the event that tells of a job's end.</summary>
/// <param name="Id">The instance id, for <c>GET /api/transfers/{id}</c>.</param>
/// <param name="Job">The job's name.</param>
/// <param name="State">How it ended.</param>
/// <param name="Output">The blob of the result, with its container; null if there is none.</param>
/// <param name="Error">Why there is none.</param>
public sealed record CompletionEvent(string Id, string Job, JobState State, string? Output, TransferError? Error)
{
    /// <summary>Type of the event for results.</summary>
    public const string Completed = "PhotoStyle.TransferCompleted";

    /// <summary>Type of the event for failures.</summary>
    public const string Failed = "PhotoStyle.TransferFailed";

    /// <summary>Type of the event for jobs that were cancelled.</summary>
    public const string Cancelled = "PhotoStyle.TransferCancelled";
}
