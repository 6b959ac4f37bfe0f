using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Pipeline.Messages;

/// <summary>How a host talks with workers on behalf of one job.</summary>
public interface IOptimiseChannel
{
    /// <summary>Puts a message on the queue <see cref="QueueNames.Optimize"/>.</summary>
    Task SendAsync(OptimizeMessage message);

    /// <summary>Waits for what a worker says to this job.</summary>
    /// <returns>The message, or null if none came in that time.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    Task<OptimizedMessage?> ReceiveAsync(TimeSpan wait);

    /// <summary>Looks for the grade itself: an answer may have been lost.</summary>
    /// <returns>The outcome, or null if there is no such grade yet.</returns>
    Task<StepOutcome<OptimiseResult>?> FindAsync(OptimiseRequest request);

    /// <summary>Shows how far the worker is.</summary>
    void Report(OptimiseProgress progress);
}
