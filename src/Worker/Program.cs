using Microsoft.AspNetCore.Connections;
using PhotoStyle;
using PhotoStyle.Worker;
using PhotoStyle.Worker.Settings;

try
{
    await using WebApplication app = WorkerHost.Create(args);
    // Before a message is taken: a machine on which libtorch does not load, or lacks the GPU that it should have, must not spoil jobs.
    Log.Device(app.Logger, TorchRuntime.DeviceOf(app.Services.GetRequiredService<WorkerSettings>().Device).ToString());
    // What matters is in the storage by then. A collector of telemetry that does not answer must not hold the process up.
    app.Lifetime.ApplicationStopping.Register(() => Task.Delay(app.Services.GetRequiredService<WorkerSettings>().Stop).ContinueWith(_ => Environment.Exit(0), TaskScheduler.Default));
    try
    {
        await app.RunAsync();
    }
    catch (IOException e) when (e.InnerException is AddressInUseException)
    {
        throw new PhotoStyleException(
            ErrorCode.OptionInvalid,
            $"The port of the health endpoint is taken ({e.Message.TrimEnd('.')}), perhaps by another worker on this machine: give each one its own, as ASPNETCORE_HTTP_PORTS=5001, or 0 for any that is free.",
            e);
    }
    return 0;
}
catch (PhotoStyleException e)
{
    await Console.Error.WriteLineAsync($"{e.CodeName}: {e.Message}");
    return 2;
}
