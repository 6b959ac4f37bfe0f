using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Pipeline.Messages;

/// <summary>
/// The step that finds a grade, done in the process of the host itself, for a job whose workflow may run elsewhere: tells of its progress by the messages
/// that a worker sends, and stops when the job is cancelled.
/// </summary>
/// <param name="steps">The steps.</param>
/// <param name="look">How often progress is told and a wish to cancel is looked for.</param>
/// <param name="failed">Told of checkpoints that could not be written, and of progress that could not be told. The work goes on.</param>
public sealed class InProcessOptimise(PipelineSteps steps, TimeSpan look, Action<string, Exception>? failed = null) : IDisposable
{
    /// <summary>A solver takes all cores: two at once would only take the caches from each other.</summary>
    private readonly SemaphoreSlim _solver = new(1);

    private readonly JobRegistry _registry = new(steps.Storage.Jobs);

    /// <summary>Finds the grade, from the last checkpoint on if there is one.</summary>
    /// <param name="message">What a worker would be asked.</param>
    /// <param name="tell">Takes the progress to the workflow.</param>
    /// <param name="cancellation">Stops it with the checkpoint up to date: somebody will go on.</param>
    public async Task<StepOutcome<OptimiseResult>> RunAsync(OptimizeMessage message, Func<OptimizedMessage, Task> tell, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(tell);
        await _solver.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await SolveAsync(message, tell, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _solver.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _solver.Dispose();

    private async Task<StepOutcome<OptimiseResult>> SolveAsync(OptimizeMessage message, Func<OptimizedMessage, Task> tell, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        OptimiseProgress? latest = null, told = null;
        var optimise = new ResumableOptimise(steps, ResumableOptimise.DefaultInterval, e => failed?.Invoke(message.Id, e));
        // The solver keeps its thread.
        Task<StepOutcome<OptimiseResult>> work = Task.Run(
            () => optimise.RunAsync(message.Request, progress => Volatile.Write(ref latest, progress), stop.Token), CancellationToken.None);
        while (await Task.WhenAny(work, Task.Delay(look, CancellationToken.None)).ConfigureAwait(false) != work)
        {
            try
            {
                if (await _registry.IsCancelledAsync(message.Id, cancellation).ConfigureAwait(false)) await stop.CancelAsync().ConfigureAwait(false);
                else if (Volatile.Read(ref latest) is { } progress && progress != told) await tell(OptimizedMessage.Of(message, told = progress)).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // The solver saves its state first.
            }
            catch (Exception e)
            {
                // There will be more of it.
                failed?.Invoke(message.Id, e);
            }
        }
        try
        {
            return await work.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await ResumableOptimise.ForgetAsync(steps.Storage, message.Request, cancellation).ConfigureAwait(false);
            return new StepOutcome<OptimiseResult>(null, TransferError.OfCancellation(), 0, false);
        }
    }
}
