using Microsoft.DurableTask;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Functions.Orchestration;

/// <summary>How often a step is tried. Only what was thrown is tried again; an error that a user can mend is a value (<see cref="StepOutcome{T}"/>) and never is.</summary>
internal static class Retries
{
    /// <summary>For steps of seconds: five tries in about a minute, longer than a storage account fails over.</summary>
    public static TaskOptions Step { get; } = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(30)));

    /// <summary>For the step of minutes: each try goes on from the last checkpoint.</summary>
    public static TaskOptions Optimise { get; } = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 3, firstRetryInterval: TimeSpan.FromSeconds(10), backoffCoefficient: 2));
}
