using System.Diagnostics.Metrics;
using PhotoStyle.Worker.Queue;

namespace PhotoStyle.Worker.Telemetry;

/// <summary>What the worker counts.</summary>
internal sealed class WorkerMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string Meter = "PhotoStyle.Worker";

    private readonly Counter<long> _messages;
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<int> _busy;

    public WorkerMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(Meter);
        _messages = meter.CreateCounter<long>("photostyle.worker.messages", "{message}", "Messages that were taken, by what became of them.");
        _duration = meter.CreateHistogram<double>("photostyle.worker.message.duration", "s", "Time from taking a message to its end.");
        _busy = meter.CreateUpDownCounter<int>("photostyle.worker.busy", "{message}", "Messages in work: 0 or 1.");
        Iterations = meter.CreateCounter<long>("photostyle.worker.iterations", "{iteration}", "Iterations of the solver.");
    }

    /// <summary>Iterations of the solver.</summary>
    public Counter<long> Iterations { get; }

    /// <summary>A message is in work until the returned value is disposed.</summary>
    public Busy BeginJob()
    {
        _busy.Add(1);
        return new Busy(_busy);
    }

    /// <summary>A message came to its end; null for one that was let go after an error.</summary>
    public void CountMessage(MessageEnd? end, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("end", end?.ToString() ?? "Error");
        _messages.Add(1, tag);
        _duration.Record(duration.TotalSeconds, tag);
    }

    /// <summary>Work that ends when it is disposed.</summary>
    public sealed class Busy(UpDownCounter<int> counter) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => counter.Add(-1);
    }
}
