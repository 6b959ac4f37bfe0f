namespace Microsoft.Extensions.DependencyInjection;

public static class ApplicationInsightsExtensions
{
    public static IServiceCollection AddApplicationInsightsTelemetryWorkerService(this IServiceCollection services) => throw Declaration.Only();
}
