namespace PhotoStyle.Pipeline.Hosting;

/// <summary>What the jobs of a local host share.</summary>
internal sealed record HostResources(LocalHostOptions Options, IHostObserver Observer, MemoryBudget Memory, SemaphoreSlim Solver);
