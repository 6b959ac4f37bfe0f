using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Queues.Models;
using PhotoStyle.Pipeline.Messages;

namespace PhotoStyle.Bench.Measurements;

/// <summary>A process of the worker that tells each iteration, and the moments at which it did.</summary>
internal sealed class BenchWorker : IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);

    private readonly Process _process;
    private readonly string _signature;
    private readonly List<Told> _told = [];

    private BenchWorker(Process process) => (_process, _signature) = (process, string.Create(CultureInfo.InvariantCulture, $"-{process.Id}"));

    /// <summary>What it told of its work, in this order.</summary>
    public IReadOnlyList<Told> Progress => _told;

    /// <summary>Starts one with its usual settings, but for how often it tells and how soon the next one may take its message.</summary>
    public static BenchWorker Start(string connection)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "photostyle-worker.dll")]) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) != "dotnet") start.FileName = "dotnet";
        start.Environment["PhotoStyleStorage"] = connection;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["PhotoStyle__ProgressSeconds"] = "0";
        start.Environment["PhotoStyle__VisibilitySeconds"] = "2";
        start.Environment["PhotoStyle__IdleSeconds"] = "0.2";
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new BenchWorker(process);
    }

    /// <summary>Listens for a while.</summary>
    /// <returns>False once a worker has told the end of the work.</returns>
    public Task<bool> ListenAsync(PipelineQueues queues, TimeSpan time)
    {
        long began = Stopwatch.GetTimestamp();
        return ListenAsync(queues, () => Stopwatch.GetElapsedTime(began) >= time);
    }

    /// <summary>Listens until it is at work.</summary>
    /// <returns>False once a worker has told the end of the work.</returns>
    public Task<bool> ListenUntilItWorksAsync(PipelineQueues queues) => ListenAsync(queues, () => _told.Count > 0);

    /// <summary>Kills it as SIGKILL does, wherever it is.</summary>
    /// <returns>The moment.</returns>
    public async Task<long> KillAsync()
    {
        long moment = Stopwatch.GetTimestamp();
        _process.Kill();
        await _process.WaitForExitAsync();
        return moment;
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private async Task<bool> ListenAsync(PipelineQueues queues, Func<bool> enough)
    {
        while (!enough())
        {
            QueueMessage[] messages = (await queues.Optimized.ReceiveMessagesAsync(32)).Value;
            long moment = Stopwatch.GetTimestamp();
            foreach (QueueMessage message in messages)
            {
                OptimizedMessage answer = MessageJson.ReadOptimized(message.Body.ToString());
                await queues.Optimized.DeleteMessageAsync(message.MessageId, message.PopReceipt);
                if (answer.Progress is not { } progress) return false;
                if (answer.Worker!.EndsWith(_signature, StringComparison.Ordinal)) _told.Add(new Told(progress.Evaluations, moment));
            }
            if (_process.HasExited && _told.Count == 0) throw new InvalidOperationException("The worker ended before it began to work.");
            await Task.Delay(s_look);
        }
        return true;
    }

    /// <summary>An iteration that is done.</summary>
    /// <param name="Evaluations">Evaluations until then, those of workers before included.</param>
    /// <param name="Moment">When it was told.</param>
    internal readonly record struct Told(int Evaluations, long Moment);
}
