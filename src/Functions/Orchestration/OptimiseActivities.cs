using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Functions.Orchestration;

/// <summary>The step that finds the grade: asked of a worker, or done here.</summary>
public sealed class OptimiseActivities(PipelineSteps steps, PipelineQueues queues, ILogger<OptimiseActivities> logger)
{
    /// <summary>A solver takes all cores: two at once would only take the caches from each other.</summary>
    private static readonly SemaphoreSlim s_solver = new(1);

    /// <summary>How often progress is told and a wish to cancel is looked for. Each time costs an event in the history.</summary>
    internal TimeSpan Look { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Puts a message on the queue of the workers. A second one does no harm: the worker finds the grade of the first.</summary>
    [Function(nameof(RequestOptimise))]
    public Task RequestOptimise([ActivityTrigger] OptimizeMessage message, CancellationToken cancel) =>
        queues.Optimize.SendMessageAsync(MessageJson.Write(message.Traced()), cancel);

    /// <summary>Looks for a grade that was made already.</summary>
    [Function(nameof(FindGrade))]
    public Task<StepOutcome<OptimiseResult>?> FindGrade([ActivityTrigger] OptimiseRequest request, CancellationToken cancel) => steps.FindAsync(request, cancel);

    /// <summary>Finds the grade in this app, from the last checkpoint on if there is one. Tells the orchestration of its progress as a worker would.</summary>
    [Function(nameof(OptimiseHere))]
    public async Task<StepOutcome<OptimiseResult>> OptimiseHere([ActivityTrigger] OptimizeMessage message, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(client);
        await s_solver.WaitAsync(cancel);
        try
        {
            return await new Solve(steps, message, client, Look, logger).RunAsync(cancel);
        }
        finally
        {
            s_solver.Release();
        }
    }

    /// <summary>One grade that is looked for here.</summary>
    private sealed class Solve(PipelineSteps steps, OptimizeMessage message, DurableTaskClient client, TimeSpan look, ILogger logger)
    {
        private readonly JobRegistry _registry = new(steps.Storage.Jobs);
        private readonly ResumableOptimise _optimise = new(steps, ResumableOptimise.DefaultInterval, failed => Log.CheckpointFailed(logger, message.Id, failed));
        private OptimiseProgress? _latest;
        private OptimiseProgress? _told;

        public async Task<StepOutcome<OptimiseResult>> RunAsync(CancellationToken cancel)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            // The solver keeps its thread.
            Task<StepOutcome<OptimiseResult>> work = Task.Run(
                () => _optimise.RunAsync(message.Request, progress => Volatile.Write(ref _latest, progress), stop.Token), CancellationToken.None);
            try
            {
                while (await Task.WhenAny(work, Task.Delay(look, CancellationToken.None)) != work)
                {
                    await TellAsync(cancel);
                    if (await _registry.IsCancelledAsync(message.Id, cancel)) await stop.CancelAsync();
                }

                return await work;
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return new StepOutcome<OptimiseResult>(null, TransferError.OfCancellation(), 0, false);
            }
            finally
            {
                // Were it left at work, the next try would have a second solver beside it.
                await stop.CancelAsync();
                await work.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }

        private async Task TellAsync(CancellationToken cancel)
        {
            if (Volatile.Read(ref _latest) is not { } progress || progress == _told) return;
            _told = progress;
            await client.RaiseEventAsync(message.Id, JobEvents.Optimized, OptimizedMessage.Of(message, progress), cancel);
        }
    }
}
