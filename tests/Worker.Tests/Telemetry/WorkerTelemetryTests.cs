using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhotoStyle.Worker.Settings;
using PhotoStyle.Worker.Telemetry;

namespace PhotoStyle.Worker.Tests.Telemetry;

public sealed class WorkerTelemetryTests
{
    [Fact]
    public void Application_Insights_is_shown_the_identity_where_storage_is() =>
        Assert.IsType<DefaultAzureCredential>(OptionsFor("https://account.blob.core.windows.net/").Credential);

    [Fact]
    public void Without_an_identity_the_connection_string_has_to_do() => Assert.Null(OptionsFor("UseDevelopmentStorage=true").Credential);

    private static AzureMonitorExporterOptions OptionsFor(string storage)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=https://localhost/";
        builder.AddTelemetry(new WorkerSettings { Blobs = storage, Queues = storage });
        using ServiceProvider services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<IOptionsMonitor<AzureMonitorExporterOptions>>().CurrentValue;
    }
}
