using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PhotoStyle.Cli.Commands;

/// <summary>The help of a command, followed by its examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        Command command = parseResult.CommandResult.Command;
        IEnumerable<string> examples = command is IHasExamples one ? one.Examples : Descendants(command).Select(sub => sub.Examples[0]);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in examples)
            output.WriteLine($"  {example}");
        output.WriteLine();
        return ExitCode.Success;
    }

    private static IEnumerable<IHasExamples> Descendants(Command command) =>
        command.Subcommands.SelectMany(sub => sub is IHasExamples one ? [one] : Descendants(sub));
}
