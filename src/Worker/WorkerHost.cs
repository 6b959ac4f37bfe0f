using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Worker.Health;
using PhotoStyle.Worker.Queue;
using PhotoStyle.Worker.Settings;
using PhotoStyle.Worker.Telemetry;

namespace PhotoStyle.Worker;

/// <summary>Puts the program together.</summary>
internal static class WorkerHost
{
    /// <summary>Makes the host.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: a setting is missing or wrong.</exception>
    public static WebApplication Create(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        WorkerSettings settings = WorkerSettings.Read(builder.Configuration);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        // What keeps the program from starting is told in one sentence at its end; here it would come with a stack trace before that.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.Stop);
        builder.Services
            .AddSingleton(settings)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(_ => PipelineStorage.InAccount(settings.Blobs))
            .AddSingleton(_ => new PipelineQueues(settings.Queues))
            .AddSingleton(provider => new PipelineSteps(provider.GetRequiredService<PipelineStorage>(), device: settings.Device))
            .AddSingleton(provider => new JobRegistry(provider.GetRequiredService<PipelineStorage>().Jobs))
            .AddSingleton(provider => new TryLedger(provider.GetRequiredService<PipelineStorage>().Checkpoints))
            .AddSingleton<WorkerMetrics>()
            .AddSingleton<Pulse>()
            .AddSingleton<MessageHandler>()
            .AddHostedService<QueueLoop>();
        builder.Services.AddHealthChecks()
            .AddCheck<LiveCheck>(LiveCheck.Name)
            .AddCheck<ReadyCheck>(ReadyCheck.Name);
        builder.AddTelemetry(settings);

        WebApplication app = builder.Build();
        app.MapHealthChecks("/health", new HealthCheckOptions { Predicate = check => check.Name == LiveCheck.Name });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Name == ReadyCheck.Name });
        return app;
    }
}
