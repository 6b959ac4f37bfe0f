using System.Text.Json;
using PhotoStyle.Pipeline.Hosting;
using PhotoStyle.Pipeline.Jobs;
using Spectre.Console;

namespace PhotoStyle.Cli.Output;

/// <summary>Where the commands on jobs say what they have to say: for people, or as JSON Lines.</summary>
internal sealed class JobOutput(TextWriter output, TextWriter error, bool json, bool quiet)
{
    private readonly TextWriter _output = TextWriter.Synchronized(output);
    private readonly TextWriter _error = TextWriter.Synchronized(error);

    /// <summary>Whether programs read it.</summary>
    public bool IsJson => json;

    /// <summary>Whether only results and errors count.</summary>
    public bool IsQuiet => quiet;

    /// <summary>Something that the user should know and that is no error.</summary>
    public void Notice(string message)
    {
        if (quiet) return;
        if (json) WriteJson(new { @event = "notice", message });
        else _error.WriteLine($"note: {message}");
    }

    /// <summary>A result: one line for people, one object for programs.</summary>
    public void Result<T>(string text, T value)
    {
        if (json) WriteJson(value);
        else _output.WriteLine(text);
    }

    /// <summary>Something that comes and goes.</summary>
    public void Line(string text)
    {
        if (!quiet) _error.WriteLine(text);
    }

    public void WriteJson<T>(T value)
    {
        _output.WriteLine(JsonSerializer.Serialize(value, PipelineJson.Options));
        _output.Flush();
    }

    /// <summary>Chooses how a host shows its jobs, and works with that around it.</summary>
    /// <param name="work">What the host does.</param>
    /// <param name="names">What jobs are called; their own names if null.</param>
    public async Task ShowAsync(Func<IHostObserver, Task> work, JobNames? names = null)
    {
        if (json || quiet)
        {
            await work(new JsonHostObserver(this));
            return;
        }
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        if (console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi)
        {
            var table = new JobTable(console, names: names);
            await table.ShowAsync(() => work(table));
        }
        else
        {
            await work(new LineHostObserver(this, names));
        }
    }
}
