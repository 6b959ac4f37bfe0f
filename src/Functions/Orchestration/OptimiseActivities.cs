using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Functions.Orchestration;

/// <summary>The step that finds the grade: asked of a worker, or done here.</summary>
public sealed class OptimiseActivities(PipelineSteps steps, PipelineQueues queues, InProcessOptimise optimise)
{
    /// <summary>Puts a message on the queue of the workers. A second one does no harm: the worker finds the grade of the first.</summary>
    [Function(nameof(RequestOptimise))]
    public Task RequestOptimise([ActivityTrigger] OptimizeMessage message, CancellationToken cancel) =>
        queues.Optimize.SendMessageAsync(MessageJson.Write(message.Traced()), cancel);

    /// <summary>Looks for a grade that was made already.</summary>
    [Function(nameof(FindGrade))]
    public Task<StepOutcome<OptimiseResult>?> FindGrade([ActivityTrigger] OptimiseRequest request, CancellationToken cancel) => steps.FindAsync(request, cancel);

    /// <summary>Finds the grade in this app. Tells the orchestration of its progress by the events that a worker's answers become.</summary>
    [Function(nameof(OptimiseHere))]
    public Task<StepOutcome<OptimiseResult>> OptimiseHere([ActivityTrigger] OptimizeMessage message, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(client);
        return optimise.RunAsync(message, told => client.RaiseEventAsync(message.Id, JobEvents.Optimized, told, cancel), cancel);
    }
}
