using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Drops;

/// <summary>Something that was dropped and is whole: a job that can begin, or an error that can be told.</summary>
/// <param name="Trigger">The blob whose version makes it a drop of its own: the photo, or <c>job.json</c>.</param>
/// <param name="Request">The job; null if there is an error.</param>
/// <param name="Failure">Why there is none.</param>
public sealed record Drop(BlobEntry Trigger, TransferRequest? Request, FailureReport? Failure);
