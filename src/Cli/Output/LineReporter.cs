using System.Diagnostics;
using System.Globalization;
using PhotoStyle.Optimization;

namespace PhotoStyle.Cli.Output;

/// <summary>Plain lines, for logs and pipes: one for each stage, and now and then one while solving.</summary>
internal sealed class LineReporter(TextWriter output, TextWriter error) : Reporter(output)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly TextWriter _output = output;
    private readonly TextWriter _error = TextWriter.Synchronized(error);
    private readonly Stopwatch _fetching = Stopwatch.StartNew();
    private TimeSpan _next = Interval;

    public override void Notice(string message) => _error.WriteLine($"note: {message}");

    public override void Begin(Stage stage, string detail) => _error.WriteLine($"{stage.Doing()} {detail}");

    public override void Solving(SolveProgress progress)
    {
        if (progress.Elapsed < _next)
            return;
        _next = progress.Elapsed + Interval;
        _error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  iteration {progress.Iteration}, {progress.Evaluations} of at most {progress.MostEvaluations} evaluations, loss {progress.Loss:G4}, {Durations.Text(progress.TimeLeft)} left"));
    }

    public override void Fetching(long bytes, long? all)
    {
        if (_fetching.Elapsed < Interval)
            return;
        _fetching.Restart();
        _error.WriteLine($"  {Megabytes.Text(bytes, all)}");
    }

    public override void Stopping() => _error.WriteLine("Stopping after the current step");

    public override void Finish(Report report) => report.WriteText(_output);
}
