using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Cli.Commands;

/// <summary>A job that a storage knows.</summary>
internal sealed record FoundJob(string Id, string Job, JobStatus Status);
