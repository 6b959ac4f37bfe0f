using PhotoStyle;
using PhotoStyle.Worker;
using PhotoStyle.Worker.Settings;

try
{
    // Before a message is taken: a machine on which libtorch does not load must not spoil jobs.
    TorchRuntime.Initialize();
    await using WebApplication app = WorkerHost.Create(args);
    // What matters is in the storage by then. A collector of telemetry that does not answer must not hold the process up.
    app.Lifetime.ApplicationStopping.Register(() => Task.Delay(app.Services.GetRequiredService<WorkerSettings>().Stop).ContinueWith(_ => Environment.Exit(0), TaskScheduler.Default));
    await app.RunAsync();
    return 0;
}
catch (PhotoStyleException e)
{
    await Console.Error.WriteLineAsync($"{e.CodeName}: {e.Message}");
    return 2;
}
