using Microsoft.Extensions.Diagnostics.HealthChecks;
using PhotoStyle.Worker.Settings;

namespace PhotoStyle.Worker.Health;

/// <summary>Whether the process gets on. If not, it should be killed and started anew.</summary>
internal sealed class LiveCheck(Pulse pulse, WorkerSettings settings) : IHealthCheck
{
    public const string Name = "live";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        pulse.Silence <= settings.Stall ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"There was no sign of life for {pulse.Silence}."));
}
