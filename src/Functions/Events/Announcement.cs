using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Events;

/// <summary>The end of a job, to be told.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Id">Its instance id.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record Announcement(string Job, string Id, JobOutcome Outcome);
