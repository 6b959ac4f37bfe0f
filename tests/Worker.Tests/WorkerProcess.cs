using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace PhotoStyle.Worker.Tests;

/// <summary>A worker as it runs in a container: a process, which a test may kill.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += Read;
        process.ErrorDataReceived += Read;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The end of the name by which its answers are signed.</summary>
    public string Signature => string.Create(CultureInfo.InvariantCulture, $"-{_process.Id}");

    /// <summary>All that it wrote.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Where its health can be asked for, as soon as it is up.</summary>
    public Task<Uri> Address => _address.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

    public static WorkerProcess Start(string connection, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "photostyle-worker.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (string Name, string Value)[] all =
        [
            ("PhotoStyleStorage", connection), ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("PHOTOSTYLE_THREADS", "1"),
            ("PhotoStyle__CheckpointSeconds", "0"), ("PhotoStyle__ProgressSeconds", "0.05"), ("PhotoStyle__IdleSeconds", "0.2"), .. settings,
        ];
        foreach ((string name, string value) in all) start.Environment[name] = value;
        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>Kills it as SIGKILL does, wherever it is.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks it to stop and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        return await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private void Read(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not { } text) return;
        _lines.Enqueue(text);
        const string start = "Now listening on: ";
        if (text.IndexOf(start, StringComparison.Ordinal) is var at and >= 0) _address.TrySetResult(new Uri(text[(at + start.Length)..]));
    }
}
