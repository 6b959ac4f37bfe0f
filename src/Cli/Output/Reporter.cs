using PhotoStyle.Optimization;
using Spectre.Console;

namespace PhotoStyle.Cli.Output;

/// <summary>Tells the user or a program how a run goes. This one keeps silent; others say more. Called from several threads.</summary>
internal class Reporter(TextWriter output)
{
    /// <summary>Chooses the reporter for where the output goes.</summary>
    /// <param name="json">Whether a program reads it.</param>
    /// <param name="quiet">Whether only the result counts.</param>
    /// <param name="output">Takes the result.</param>
    /// <param name="error">Takes progress and notices.</param>
    public static Reporter Create(bool json, bool quiet, TextWriter output, TextWriter error)
    {
        if (json)
            return new JsonReporter(output, quiet);
        if (quiet)
            return new Reporter(output);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi
            ? new TerminalReporter(output, console)
            : new LineReporter(output, error);
    }

    /// <summary>Does the work with whatever display goes around it.</summary>
    public virtual Task RunAsync(Func<Task> work) => work();

    /// <summary>Something that the user should know and that is no error.</summary>
    public virtual void Notice(string message)
    {
    }

    /// <summary>A stage begins.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="detail">On what or with what; follows the name of the stage.</param>
    public virtual void Begin(Stage stage, string detail)
    {
    }

    /// <summary>Solving has come this far.</summary>
    public virtual void Solving(SolveProgress progress)
    {
    }

    /// <summary>Rendering has come this far.</summary>
    public virtual void Rendering(int rows, int height)
    {
    }

    /// <summary>A download has come this far.</summary>
    public virtual void Fetching(long bytes, long? all)
    {
    }

    /// <summary>The user asked to stop; the current step still ends.</summary>
    public virtual void Stopping()
    {
    }

    /// <summary>All is done.</summary>
    public virtual void Finish(Report report)
    {
        if (report.IsAnswer)
            report.WriteText(output);
    }
}
