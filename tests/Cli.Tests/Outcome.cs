using System.Text.Json;

namespace PhotoStyle.Cli.Tests;

/// <summary>What a run of the program gave.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of the standard output, which have to be JSON.</summary>
    public JsonElement[] Events => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Runs the program in this process.</summary>
    public static async Task<Outcome> OfAsync(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int exitCode = await CommandLine.RunAsync(args, output, error, TestContext.Current.CancellationToken);
        return new Outcome(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs the program and stops it as soon as it prints a text.</summary>
    public static async Task<Outcome> CancelledAtAsync(string text, params string[] args)
    {
        using var source = new CancellationTokenSource();
        using StringWriter output = new CancellingWriter(text, source), error = new CancellingWriter(text, source);
        int exitCode = await CommandLine.RunAsync(args, output, error, source.Token);
        return new Outcome(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Fails with all that was printed if the run did not succeed.</summary>
    public Outcome Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Error}");
        return this;
    }

    private sealed class CancellingWriter(string text, CancellationTokenSource source) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(text, StringComparison.Ordinal) == true)
                source.Cancel();
        }
    }
}
