using System.Globalization;
using PhotoStyle.Pipeline.Hosting;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Cli.Output;

/// <summary>Jobs in words.</summary>
internal static class JobWords
{
    public static bool IsDone(JobState state) => state is JobState.Completed or JobState.Failed or JobState.Cancelled;

    /// <summary>Where a job stands, in half a line.</summary>
    public static string Of(JobView job) => job.Status.State switch
    {
        JobState.Completed => $"done in {Durations.Text(job.Elapsed)}: {Folder(job.Job)}",
        _ => Of(job.Status),
    };

    /// <summary>Where a job stands, in half a line.</summary>
    public static string Of(JobStatus status) => status switch
    {
        { State: JobState.Waiting } => "waits for its turn",
        { State: JobState.Completed } => "done",
        { State: JobState.Cancelled } => "cancelled",
        { State: JobState.Failed, Error: { } error } => $"error[{error.Code}]: {error.Message}",
        { Progress: { } progress } => string.Create(
            CultureInfo.InvariantCulture,
            $"solving, {progress.Evaluations} of at most {progress.MostEvaluations} evaluations, loss {progress.Loss:G4}, {Durations.Text(TimeSpan.FromSeconds(progress.SecondsLeft))} left"),
        { Step: { } step } => Doing(step),
        _ => "at work",
    };

    public static string Folder(string job) => $"results/{ResultFolder.Of(job)}/";

    private static string Doing(JobStep step) => step switch
    {
        JobStep.Take => "reading",
        JobStep.SegmentContent or JobStep.SegmentStyle or JobStep.Laplacian => "preparing",
        JobStep.Match => "matching regions",
        JobStep.Optimise => "waiting for the solver",
        _ => "rendering",
    };
}
