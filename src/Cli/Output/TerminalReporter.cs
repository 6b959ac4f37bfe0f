using System.Globalization;
using PhotoStyle.Optimization;
using Spectre.Console;

namespace PhotoStyle.Cli.Output;

/// <summary>A live display of the stages, which goes away when the run ends.</summary>
internal sealed class TerminalReporter(TextWriter output, IAnsiConsole console) : Reporter(output)
{
    private readonly TextWriter _output = output;
    private readonly DetailColumn _details = new();
    private ProgressContext? _display;
    private ProgressTask? _stage;

    public override Task RunAsync(Func<Task> work) => console.Progress()
        .AutoClear(true)
        .Columns(new SpinnerColumn(Spinner.Known.Line), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 20 }, _details)
        .StartAsync(async display =>
        {
            _display = display;
            await work();
            EndStage();
        });

    public override void Notice(string message) => console.MarkupLineInterpolated($"[yellow]note:[/] {message}");

    public override void Begin(Stage stage, string detail)
    {
        EndStage();
        _stage = _display!.AddTask(stage.Doing());
        _stage.IsIndeterminate = true;
        _details.Set(_stage, detail);
    }

    public override void Solving(SolveProgress progress) => Update(
        progress.Evaluations,
        progress.MostEvaluations,
        string.Create(CultureInfo.InvariantCulture, $"iteration {progress.Iteration}  loss {progress.Loss:G4}  {Durations.Text(progress.TimeLeft)} left"));

    public override void Rendering(int rows, int height) => Update(rows, height, $"row {rows} of {height}");

    public override void Fetching(long bytes, long? all)
    {
        if (all is { } length)
            Update(bytes, length, Megabytes.Text(bytes, all));
        else
            _details.Set(_stage!, Megabytes.Text(bytes, all));
    }

    public override void Stopping() => console.MarkupLine("Stopping after the current step");

    public override void Finish(Report report) => report.WriteText(_output);

    private void Update(long done, long all, string detail)
    {
        ProgressTask stage = _stage!;
        stage.IsIndeterminate = false;
        stage.MaxValue = all;
        stage.Value = done;
        _details.Set(stage, detail);
    }

    private void EndStage()
    {
        if (_stage is not { } stage)
            return;
        stage.IsIndeterminate = false;
        stage.Value = stage.MaxValue;
        stage.StopTask();
        _details.Set(stage, Durations.Text(stage.ElapsedTime ?? TimeSpan.Zero));
    }
}
