namespace PhotoStyle.Pipeline.Hosting;

/// <summary>What the jobs of a local host share.</summary>
internal sealed record HostResources(LocalHostOptions Options, IHostObserver Observer, MemoryBudget Memory, SemaphoreSlim Solver)
{
    /// <summary>Waits until the solver is free, and then until its memory is. It takes all cores: two at once would only take the caches from each other.</summary>
    /// <returns>To be disposed when the solver is done.</returns>
    public async Task<IDisposable> TakeSolverAsync(long bytes, CancellationToken cancellation)
    {
        await Solver.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return new SolverTurn(Solver, await Memory.TakeAsync(bytes, cancellation).ConfigureAwait(false));
        }
        catch
        {
            Solver.Release();
            throw;
        }
    }

    private sealed class SolverTurn(SemaphoreSlim solver, IDisposable loan) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) != 0) return;
            loan.Dispose();
            solver.Release();
        }
    }
}
