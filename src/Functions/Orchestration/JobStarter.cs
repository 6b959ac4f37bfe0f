using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PhotoStyle.Functions.Settings;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Orchestration;

/// <summary>Starts jobs, each only once however often it is asked for.</summary>
public sealed class JobStarter(AppSettings settings, JobRegistry registry, ILogger<JobStarter> logger)
{
    /// <summary>
    /// Also a job that is done is not done again: its files are there. Only what ended through no fault of the job, failed or terminated by an operator, may start anew.
    /// </summary>
    private static readonly OrchestrationRuntimeStatus[] s_onlyOnce =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Starts a job under its id, which says what it is made of.</summary>
    /// <returns>Whether it was started; false if it exists already.</returns>
    public async Task<bool> StartAsync(DurableTaskClient client, TransferRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(request);
        string id = request.Id;
        var start = new JobStart(request, settings.Optimizer == Optimizer.InProcess, settings.CompletionTopic is not null);
        // Events of one photo come together, to several replicas, and the storage of orchestrations looks first and writes then.
        await using IAsyncDisposable turn = await registry.HoldStartAsync(id, cancel);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(TransferOrchestrator), start, new StartOrchestrationOptions(id).WithDedupeStatuses(s_onlyOnce), cancel);
            Log.Started(logger, request.Job, id);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            Log.Duplicate(logger, request.Job, id);
            return false;
        }
    }
}
