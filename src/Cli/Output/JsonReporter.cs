using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PhotoStyle.Optimization;

namespace PhotoStyle.Cli.Output;

/// <summary>JSON Lines: each event is one object on one line.</summary>
internal sealed class JsonReporter(TextWriter output, bool quiet) : Reporter(output)
{
    private static readonly TimeSpan FetchInterval = TimeSpan.FromSeconds(1);

    private readonly TextWriter _output = TextWriter.Synchronized(output);
    private readonly Stopwatch _fetching = new();

    /// <summary>How all JSON is written.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        DictionaryKeyPolicy = JsonNamingPolicy.CamelCase,
    };

    public override void Notice(string message) => Progress(new { @event = "notice", message });

    public override void Begin(Stage stage, string detail) => Progress(new { @event = "stage", stage, detail });

    public override void Solving(SolveProgress progress) => Progress(new
    {
        @event = "progress",
        stage = Stage.Solve,
        pass = progress.Stage,
        progress.Iteration,
        progress.Evaluations,
        progress.MostEvaluations,
        progress.Loss,
        SecondsLeft = Math.Round(progress.TimeLeft.TotalSeconds, 3),
    });

    public override void Fetching(long bytes, long? all)
    {
        if (_fetching.IsRunning && _fetching.Elapsed < FetchInterval)
            return;
        _fetching.Restart();
        Progress(new { @event = "progress", stage = Stage.Fetch, bytes, all });
    }

    public override void Finish(Report report) => Write(report, report.GetType());

    private void Progress<T>(T line)
    {
        if (!quiet)
            Write(line!, typeof(T));
    }

    private void Write(object line, Type type)
    {
        _output.WriteLine(JsonSerializer.Serialize(line, type, Options));
        _output.Flush();
    }
}
