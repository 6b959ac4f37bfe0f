using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PhotoStyle.Worker.Health;

/// <summary>Whether messages can be taken.</summary>
internal sealed class ReadyCheck(Pulse pulse) : IHealthCheck
{
    public const string Name = "ready";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        pulse.IsReaching ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The storage does not answer."));
}
