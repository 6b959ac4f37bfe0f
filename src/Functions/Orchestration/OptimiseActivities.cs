using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PhotoStyle.Optimization;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Functions.Orchestration;

/// <summary>The step that finds the grade: asked of a worker, or done here.</summary>
public sealed class OptimiseActivities(PipelineSteps steps, PipelineQueues queues)
{
    /// <summary>As much as a killed host loses.</summary>
    private static readonly TimeSpan s_checkpointInterval = TimeSpan.FromSeconds(10);

    /// <summary>How often progress is told and a wish to cancel is looked for. Each time costs an event in the history.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);

    /// <summary>Puts a message on the queue of the workers. A second one does no harm: the worker finds the grade of the first.</summary>
    [Function(nameof(RequestOptimise))]
    public Task RequestOptimise([ActivityTrigger] OptimizeMessage message, CancellationToken cancel) =>
        queues.Optimize.SendMessageAsync(MessageJson.Write(message), cancel);

    /// <summary>Looks for a grade that was made already.</summary>
    [Function(nameof(FindGrade))]
    public Task<StepOutcome<OptimiseResult>?> FindGrade([ActivityTrigger] OptimiseRequest request, CancellationToken cancel) => steps.FindAsync(request, cancel);

    /// <summary>Finds the grade in this app, from the last checkpoint on if there is one. Tells the orchestration of its progress as a worker would.</summary>
    [Function(nameof(OptimiseHere))]
    public async Task<StepOutcome<OptimiseResult>> OptimiseHere([ActivityTrigger] OptimizeMessage message, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(client);
        var registry = new JobRegistry(steps.Storage.Jobs);
        var checkpoint = new BlobCheckpoint(steps.Storage.Checkpoints, message.Request.Grade().Hash);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        OptimiseProgress? latest = null, told = null;
        // The solver keeps its thread.
        Task<StepOutcome<OptimiseResult>> work = Task.Run(
            () => steps.OptimiseAsync(message.Request, new Checkpoint(checkpoint, s_checkpointInterval), progress => Volatile.Write(ref latest, progress), stop.Token), CancellationToken.None);
        while (await Task.WhenAny(work, Task.Delay(s_look, CancellationToken.None)) != work)
        {
            if (Volatile.Read(ref latest) is { } progress && progress != told)
            {
                told = progress;
                await client.RaiseEventAsync(message.Id, JobEvents.Optimized, OptimizedMessage.Of(message, progress), cancel);
            }

            if (await registry.IsCancelledAsync(message.Id, cancel)) await stop.CancelAsync();
        }

        try
        {
            StepOutcome<OptimiseResult> outcome = await work;
            await checkpoint.DeleteAsync(cancel);
            return outcome;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new StepOutcome<OptimiseResult>(null, TransferError.OfCancellation(), 0, false);
        }
    }
}
