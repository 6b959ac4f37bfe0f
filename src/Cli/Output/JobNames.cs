using PhotoStyle.Pipeline.Hosting;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Cli.Output;

/// <summary>What jobs are called on the screen.</summary>
/// <param name="photos">By a job's name that of its photo, where the jobs' own names and folders are nobody's business; null if they are the user's.</param>
internal sealed class JobNames(IReadOnlyDictionary<string, string>? photos = null)
{
    /// <summary>The name that the user knows.</summary>
    public string Of(JobView job) => photos?.GetValueOrDefault(job.Job) ?? job.Job;

    /// <summary>Where the job stands, in half a line.</summary>
    public string WhereItStands(JobView job) =>
        photos is not null && job.Status.State == JobState.Completed ? $"done in {Durations.Text(job.Elapsed)}" : JobWords.Of(job);
}
