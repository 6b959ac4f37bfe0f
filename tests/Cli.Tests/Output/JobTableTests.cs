using PhotoStyle.Cli.Output;
using PhotoStyle.Pipeline.Hosting;
using PhotoStyle.Pipeline.Jobs;
using Spectre.Console;

namespace PhotoStyle.Cli.Tests.Output;

public sealed class JobTableTests
{
    [Fact]
    public async Task The_time_of_a_job_that_waits_for_the_solver_goes_on()
    {
        using var shown = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(shown) });
        console.Profile.Width = 120;
        var clock = new ManualClock();
        var table = new JobTable(console, clock);

        await table.ShowAsync(() =>
        {
            table.Changed(new JobView("1", "sunset/a.jpg", JobStatus.At(JobStep.Optimise), TimeSpan.FromSeconds(7)));
            clock.Advance(TimeSpan.FromSeconds(33));
            return Task.CompletedTask;
        });

        Assert.Contains("waiting for the solver", shown.ToString(), StringComparison.Ordinal);
        Assert.Contains(" 40 s", shown.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Stands still unless it is moved.</summary>
    private sealed class ManualClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
