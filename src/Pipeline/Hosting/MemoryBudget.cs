namespace PhotoStyle.Pipeline.Hosting;

/// <summary>Lends out memory by bytes, first come, first served. What needs more than there is at all is lent all of it, and runs alone.</summary>
internal sealed class MemoryBudget
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Bytes, TaskCompletionSource Turn)> _waiting = [];
    private readonly long _all;
    private long _free;

    /// <summary>Makes a budget.</summary>
    /// <param name="bytes">How much there is.</param>
    public MemoryBudget(long bytes) => _all = _free = bytes;

    /// <summary>Waits until so much is free.</summary>
    /// <returns>To be disposed when it is not needed any more.</returns>
    public async Task<IDisposable> TakeAsync(long wanted, CancellationToken cancellation)
    {
        long share = Math.Clamp(wanted, 0, _all);
        TaskCompletionSource? turn = null;
        lock (_lock)
        {
            if (_waiting.Count == 0 && _free >= share)
            {
                _free -= share;
            }
            else
            {
                turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Enqueue((share, turn));
            }
        }
        if (turn is not null)
        {
            using CancellationTokenRegistration _ = cancellation.Register(() => GiveUp(turn, cancellation));
            await turn.Task.ConfigureAwait(false);
        }
        return new Loan(this, share);
    }

    private void GiveUp(TaskCompletionSource turn, CancellationToken cancellation)
    {
        lock (_lock)
        {
            turn.TrySetCanceled(cancellation);
            Serve();
        }
    }

    private void Return(long share)
    {
        lock (_lock)
        {
            _free += share;
            Serve();
        }
    }

    private void Serve()
    {
        while (_waiting.TryPeek(out (long Bytes, TaskCompletionSource Turn) next))
        {
            if (next.Turn.Task.IsCanceled)
            {
                _waiting.Dequeue();
                continue;
            }
            if (_free < next.Bytes) return;
            _waiting.Dequeue();
            if (next.Turn.TrySetResult()) _free -= next.Bytes;
        }
    }

    private sealed class Loan(MemoryBudget budget, long share) : IDisposable
    {
        private int _returned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0) budget.Return(share);
        }
    }
}
