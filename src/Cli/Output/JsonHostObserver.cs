using PhotoStyle.Pipeline.Hosting;

namespace PhotoStyle.Cli.Output;

/// <summary>JSON Lines: an object for each change of a job. With <c>--quiet</c>, for each job that ends.</summary>
internal sealed class JsonHostObserver(JobOutput output) : IHostObserver
{
    private IReadOnlyList<string> _waiting = [];

    public void Changed(JobView job)
    {
        if (!output.IsJson || (output.IsQuiet && !JobWords.IsDone(job.Status.State))) return;
        output.WriteJson(new { @event = "job", job.Id, job.Job, job.Status, seconds = Math.Round(job.Elapsed.TotalSeconds, 3) });
    }

    public void Waiting(IReadOnlyList<string> drops)
    {
        if (output.IsQuiet || drops.SequenceEqual(_waiting)) return;
        _waiting = drops;
        output.WriteJson(new { @event = "waiting", drops });
    }

    public void Notice(string message) => output.Notice(message);
}
