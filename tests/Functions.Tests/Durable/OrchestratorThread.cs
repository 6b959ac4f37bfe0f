namespace PhotoStyle.Functions.Tests.Durable;

/// <summary>The one thread of an orchestrator: what it awaits goes on here and nowhere else. Anything that would go on elsewhere never does, and the test sees it.</summary>
internal sealed class OrchestratorThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Work, object? State)> _work = new();

    public override void Post(SendOrPostCallback d, object? state) => _work.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    /// <summary>Does something on this thread, and all that follows from it.</summary>
    public void Run(Action action)
    {
        SynchronizationContext? before = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
            while (_work.TryDequeue(out var next)) next.Work(next.State);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
