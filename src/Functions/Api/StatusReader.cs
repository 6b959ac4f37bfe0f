using System.Text.Json;
using Microsoft.DurableTask.Client;
using PhotoStyle.Functions.Orchestration;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Api;

/// <summary>Reads where a job stands from what Durable Functions know of its orchestration.</summary>
internal static class StatusReader
{
    /// <summary>The status of the job of an orchestration that was fetched with its inputs and outputs.</summary>
    public static TransferStatus Read(OrchestrationMetadata orchestration)
    {
        JobStart? start = Parse<JobStart>(orchestration.SerializedInput);
        JobStatus? status = Parse<JobStatus>(orchestration.SerializedCustomStatus);
        JobOutcome? outcome = orchestration.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? Parse<JobOutcome>(orchestration.SerializedOutput) : null;
        JobState state = JobStates.Of(orchestration.RuntimeStatus, outcome);
        return new TransferStatus
        {
            Id = orchestration.InstanceId,
            Job = start?.Request.Job ?? orchestration.InstanceId,
            State = state,
            Step = state == JobState.Completed ? null : status?.Step,
            Percent = state == JobState.Completed ? 100 : status?.Percent ?? 0,
            Progress = state == JobState.Running ? status?.Progress : null,
            CreatedAt = orchestration.CreatedAt,
            UpdatedAt = orchestration.LastUpdatedAt,
            Result = outcome?.Result is { } result ? TransferOutput.Of(result) : null,
            Error = outcome?.Error ?? ErrorOf(orchestration, state),
        };
    }

    /// <summary>The orchestration itself came to harm: it could not even say so.</summary>
    private static TransferError? ErrorOf(OrchestrationMetadata orchestration, JobState state) => state switch
    {
        JobState.Cancelled => TransferError.OfCancellation(),
        JobState.Failed => new TransferError(
            TransferError.Bug,
            $"The job failed ({orchestration.FailureDetails?.ErrorType ?? "no reason was left"}): ask for it again, and if it fails again, look into the log for {orchestration.InstanceId}."),
        _ => null,
    };

    /// <summary>An input or status that another version wrote is no reason to tell nothing.</summary>
    private static T? Parse<T>(string? json)
        where T : class
    {
        if (string.IsNullOrEmpty(json)) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(json, PipelineJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
