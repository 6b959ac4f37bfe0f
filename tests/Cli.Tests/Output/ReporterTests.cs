using PhotoStyle.Cli.Output;
using PhotoStyle.Optimization;
using Spectre.Console;

namespace PhotoStyle.Cli.Tests.Output;

public sealed class ReporterTests
{
    [Fact]
    public async Task A_terminal_shows_stage_iteration_loss_and_time_left_and_is_clean_afterwards()
    {
        using StringWriter output = new(), error = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(error),
        });
        console.Profile.Width = 80;
        var reporter = new TerminalReporter(output, console);
        int clean = 0;
        await reporter.RunAsync(async () =>
        {
            reporter.Begin(Stage.Solve, "with [brackets]");
            reporter.Notice("The mask [1] was resized.");
            reporter.Solving(new SolveProgress(12, 30, 60, 0.01234, [], 30, TimeSpan.FromSeconds(20)));
            // The display draws itself ten times a second.
            while (!error.ToString().Contains("left", StringComparison.Ordinal))
                await Task.Delay(20, TestContext.Current.CancellationToken);
            clean = error.ToString().LastIndexOf("left", StringComparison.Ordinal);
        });

        string shown = error.ToString();
        Assert.Contains("Solving", shown, StringComparison.Ordinal);
        Assert.Contains("iteration 12  loss 0.01234  20 s left", shown, StringComparison.Ordinal);
        Assert.Contains("note: The mask [1] was resized.", shown, StringComparison.Ordinal);
        Assert.Contains("\e[2K", shown[clean..], StringComparison.Ordinal);
        Assert.EndsWith("\e[?25h", shown, StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void A_pipe_gets_a_line_now_and_then()
    {
        using StringWriter output = new(), error = new();
        var reporter = new LineReporter(output, error);
        for (int i = 0; i <= 60; i++)
            reporter.Solving(new SolveProgress(i, i, 60, 1, [], i, TimeSpan.FromSeconds(i / 5.0)));

        string[] lines = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal("  iteration 25, 25 of at most 60 evaluations, loss 1, 7.0 s left", lines[0]);
    }

    [Fact]
    public void A_bug_is_one_line_and_its_trace_is_for_those_who_ask()
    {
        using StringWriter output = new(), error = new(), traced = new();
        var bug = new InvalidOperationException("first\nsecond");
        new FailureWriter(json: false, output, error).WriteBug(bug, showTrace: false);
        new FailureWriter(json: false, output, traced).WriteBug(bug, showTrace: true);

        string line = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("error[bug]: This is a bug in photostyle", line, StringComparison.Ordinal);
        Assert.Contains(nameof(InvalidOperationException), traced.ToString(), StringComparison.Ordinal);
        Assert.True(traced.ToString().Length > error.ToString().Length);
    }

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.9, "9.9 s")]
    [InlineData(61, "61 s")]
    [InlineData(125, "2 min 05 s")]
    [InlineData(7265, "2 h 01 min")]
    public void Durations_are_short(double seconds, string text) => Assert.Equal(text, Durations.Text(TimeSpan.FromSeconds(seconds)));
}
