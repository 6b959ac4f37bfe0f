using Microsoft.DurableTask.Client;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Api;

/// <summary>What the states of orchestrations mean for jobs.</summary>
internal static class JobStates
{
    /// <summary>The state of a job whose orchestration is in a state. An orchestration that completed tells in its output how the job ended.</summary>
    public static JobState Of(OrchestrationRuntimeStatus status, JobOutcome? outcome) => status switch
    {
        OrchestrationRuntimeStatus.Pending => JobState.Waiting,
        OrchestrationRuntimeStatus.Completed => outcome?.State ?? JobState.Failed,
        OrchestrationRuntimeStatus.Failed => JobState.Failed,
        OrchestrationRuntimeStatus.Terminated => JobState.Cancelled,
        _ => JobState.Running,
    };

    /// <summary>The states of orchestrations among which jobs of a state are to be looked for.</summary>
    public static IReadOnlyList<OrchestrationRuntimeStatus> StatusesOf(JobState state) => state switch
    {
        JobState.Waiting => [OrchestrationRuntimeStatus.Pending],
        JobState.Running => [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended],
        JobState.Completed => [OrchestrationRuntimeStatus.Completed],
        JobState.Cancelled => [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Terminated],
        _ => [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed],
    };
}
