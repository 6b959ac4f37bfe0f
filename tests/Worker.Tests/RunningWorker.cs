using Microsoft.AspNetCore.Builder;

namespace PhotoStyle.Worker.Tests;

/// <summary>The whole worker within the process of the test, for what needs no process to die.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningWorker(WebApplication app) => _app = app;

    /// <summary>Where its health can be asked for.</summary>
    public Uri Address => new(_app.Urls.First());

    public static async Task<RunningWorker> StartAsync(string connection, params (string Name, string Value)[] settings)
    {
        (string Name, string Value)[] all =
        [
            ("PhotoStyleStorage", connection), ("urls", "http://127.0.0.1:0"), ("Logging:LogLevel:Default", "Critical"),
            ("PhotoStyle:CheckpointSeconds", "0"), ("PhotoStyle:ProgressSeconds", "0.05"), ("PhotoStyle:IdleSeconds", "0.2"), ("PhotoStyle:RetrySeconds", "0"), .. settings,
        ];
        TorchRuntime.Initialize();
        WebApplication app = WorkerHost.Create([.. all.Select(setting => $"--{setting.Name}={setting.Value}")]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningWorker(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
