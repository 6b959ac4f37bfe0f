using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Hosting;

/// <summary>One job as its host shows it.</summary>
/// <param name="Id">The instance id.</param>
/// <param name="Job">The job's name.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Elapsed">Time since it began here.</param>
public sealed record JobView(string Id, string Job, JobStatus Status, TimeSpan Elapsed);
