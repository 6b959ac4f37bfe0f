using System.Collections.Concurrent;
using PhotoStyle.Pipeline.Hosting;

namespace PhotoStyle.Pipeline.Tests.Hosting;

/// <summary>Remembers what a host tells.</summary>
internal sealed class RecordingObserver : IHostObserver
{
    public ConcurrentQueue<JobView> Views { get; } = new();

    public ConcurrentQueue<string> Notices { get; } = new();

    public IReadOnlyList<string> WaitingDrops { get; private set; } = [];

    public Action<JobView>? OnChanged { get; set; }

    public void Changed(JobView job)
    {
        Views.Enqueue(job);
        OnChanged?.Invoke(job);
    }

    public void Waiting(IReadOnlyList<string> drops) => WaitingDrops = drops;

    public void Notice(string message) => Notices.Enqueue(message);
}
