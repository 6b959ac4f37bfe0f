using PhotoStyle.Pipeline.Hosting;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Cli.Commands;

/// <summary>Counts the jobs that ended without a result, on their way to the one who shows them.</summary>
internal sealed class FailureCount
{
    private int _count;

    public int Count => _count;

    public IHostObserver Around(IHostObserver observer) => new Counting(this, observer);

    private sealed class Counting(FailureCount failures, IHostObserver observer) : IHostObserver
    {
        public void Changed(JobView job)
        {
            if (job.Status.State is JobState.Failed or JobState.Cancelled) Interlocked.Increment(ref failures._count);
            observer.Changed(job);
        }

        public void Waiting(IReadOnlyList<string> drops) => observer.Waiting(drops);

        public void Notice(string message) => observer.Notice(message);
    }
}
