namespace PhotoStyle.Pipeline.Messages;

/// <summary>The queues between the orchestrator and the workers.</summary>
public static class QueueNames
{
    /// <summary><see cref="OptimizeMessage"/>: work for workers.</summary>
    public const string Optimize = "optimize";

    /// <summary>Messages of <see cref="Optimize"/> that no worker could do.</summary>
    public const string OptimizePoison = "optimize-poison";

    /// <summary><see cref="OptimizedMessage"/>: what workers have to say.</summary>
    public const string Optimized = "optimized";

    /// <summary>Tries of one message before it goes to <see cref="OptimizePoison"/>.</summary>
    public const int MostTries = 5;
}
