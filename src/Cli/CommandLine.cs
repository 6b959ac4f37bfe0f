using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using PhotoStyle.Cli.Commands;
using PhotoStyle.Cli.Output;
using PhotoStyle.Transfer;

namespace PhotoStyle.Cli;

/// <summary>The program from arguments to exit code.</summary>
internal static class CommandLine
{
    /// <summary>The environment variable that makes a bug show where it is.</summary>
    public const string DebugVariable = "PHOTOSTYLE_DEBUG";

    private const int LongestHelpLine = 120;

    private static readonly ParserConfiguration Parser = new()
    {
        // A photo may be called @sunset.jpg.
        ResponseFileTokenReplacer = null,
    };

    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments after the program's name.</param>
    /// <param name="output">Results, and with <c>--json</c> everything.</param>
    /// <param name="error">Errors, notices and progress.</param>
    /// <param name="cancellation">Stops the work at the next safe point.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        var failure = new FailureWriter(args.Contains(CommonOptions.JsonName), output, error);
        try
        {
            ParseResult parsed = Root().Parse(args, Parser);
            ParseErrors.ThrowIfAny(parsed);
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (PhotoStyleException problem)
        {
            failure.Write(problem.CodeName, problem.Message);
            return ExitCode.UserError;
        }
        catch (CancelledException cancelled)
        {
            failure.WriteCancelled(cancelled.Message);
            return ExitCode.Cancelled;
        }
        catch (Exception bug)
        {
            failure.WriteBug(bug, showTrace: Environment.GetEnvironmentVariable(DebugVariable) == "1");
            return ExitCode.Bug;
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Gives a photo the look of another one. The result stays a photo: its lines and textures are the content's, its colours and light the style's.")
        {
            HelpName = "photostyle",
        };
        root.Add(new TransferCommand());
        root.Add(new ApplyCommand());
        root.Add(new SegmentCommand());
        root.Add(new ScoreCommand());
        root.Add(new MatteCommand());
        root.Add(new LaplacianCommand());
        root.Add(new ModelsCommand());
        root.Add(new WatchCommand());
        root.Add(new SubmitCommand());
        root.Add(new StatusCommand());
        root.Add(new FetchCommand());
        root.Add(new CancelCommand());
        root.Add(new BatchCommand());

        HelpOption help = root.Options.OfType<HelpOption>().Single();
        var standard = (HelpAction)help.Action!;
        standard.MaxWidth = Math.Min(standard.MaxWidth, LongestHelpLine);
        var action = new HelpWithExamples(standard);
        help.Action = action;
        root.SetAction(action.Invoke);
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        return root;
    }

    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(StyleTransfer.Version);
            return ExitCode.Success;
        }
    }
}
