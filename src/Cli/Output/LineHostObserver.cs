using System.Collections.Concurrent;
using PhotoStyle.Pipeline.Hosting;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Cli.Output;

/// <summary>Plain lines, for logs and pipes: one when a job begins and one when it ends, and now and then one while it is solved.</summary>
internal sealed class LineHostObserver(JobOutput output, JobNames? names = null) : IHostObserver
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private readonly JobNames _names = names ?? new JobNames();
    private readonly ConcurrentDictionary<string, TimeSpan> _next = new();
    private readonly HashSet<string> _waiting = [];

    public void Changed(JobView job)
    {
        switch (job.Status)
        {
            case { State: JobState.Running, Step: JobStep.Take }:
                _next[job.Id] = s_interval;
                output.Line($"{_names.Of(job)}: begins");
                break;
            case { State: JobState.Running }:
                if (!_next.TryGetValue(job.Id, out TimeSpan next) || job.Elapsed < next) return;
                _next[job.Id] = job.Elapsed + s_interval;
                output.Line($"{_names.Of(job)}: {_names.WhereItStands(job)}");
                break;
            case { State: JobState.Completed or JobState.Failed or JobState.Cancelled }:
                _next.TryRemove(job.Id, out _);
                output.Line($"{_names.Of(job)}: {_names.WhereItStands(job)}");
                break;
        }
    }

    public void Waiting(IReadOnlyList<string> drops)
    {
        foreach (string drop in drops)
        {
            if (_waiting.Add(drop)) output.Notice(drop);
        }
    }

    public void Notice(string message) => output.Notice(message);
}
