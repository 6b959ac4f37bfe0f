using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PhotoStyle.Functions.Events;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Workflow;

namespace PhotoStyle.Functions.Orchestration;

/// <summary>A job as a Durable orchestration: <see cref="TransferWorkflow"/> with a Durable activity for each step.</summary>
public static class TransferOrchestrator
{
    [Function(nameof(TransferOrchestrator))]
    public static async Task<JobOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, JobStart start)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(start);
        JobOutcome outcome = await TransferWorkflow.RunAsync(start.Request, new DurableSteps(context, start));
        if (start.Announce) await AnnounceAsync(context, start, outcome);
        return outcome;
    }

    private static async Task AnnounceAsync(TaskOrchestrationContext context, JobStart start, JobOutcome outcome)
    {
        try
        {
            await context.CallActivityAsync(nameof(AnnounceActivity.Announce), new Announcement(start.Request.Job, context.InstanceId, outcome), Retries.Step);
        }
        catch (TaskFailedException e)
        {
            // The result is there, only nobody was told: no reason to fail the job.
            Log.NotAnnounced(context.CreateReplaySafeLogger(nameof(TransferOrchestrator)), start.Request.Job, e);
        }
    }
}
