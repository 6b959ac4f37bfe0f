using System.Diagnostics;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry;
using OpenTelemetry.Resources;
using PhotoStyle.Transfer;
using PhotoStyle.Worker.Settings;

namespace PhotoStyle.Worker.Telemetry;

/// <summary>Traces, metrics and logs by OpenTelemetry, to where the standard settings say; nowhere but the console if they say nothing.</summary>
internal static class WorkerTelemetry
{
    private const string Name = "PhotoStyle.Worker";

    /// <summary>Starts spans.</summary>
    public static ActivitySource Source { get; } = new(Name, StyleTransfer.Version);

    /// <summary>Adds what collects and sends it.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, WorkerSettings settings)
    {
        OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("photostyle-worker", serviceVersion: StyleTransfer.Version, serviceInstanceId: settings.Name)
                .AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing.AddSource(Name))
            .WithMetrics(metrics => metrics.AddMeter(WorkerMetrics.Meter, "System.Runtime"))
            .WithLogging(null, logging => logging.IncludeFormattedMessage = true);
        if (IsSet("OTEL_EXPORTER_OTLP_ENDPOINT")) telemetry.UseOtlpExporter();
        if (IsSet("APPLICATIONINSIGHTS_CONNECTION_STRING")) telemetry.UseAzureMonitorExporter(ShowIdentity);

        // Where there are identities, Application Insights may be told to refuse whoever shows none.
        void ShowIdentity(AzureMonitorExporterOptions options)
        {
            if (settings.UsesIdentity) options.Credential = new DefaultAzureCredential();
        }

        bool IsSet(string name) => !string.IsNullOrEmpty(builder.Configuration[name]);
    }
}
