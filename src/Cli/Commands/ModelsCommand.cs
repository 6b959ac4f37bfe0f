using System.CommandLine;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle models list|pull|verify|path</c></summary>
internal sealed class ModelsCommand : Command
{
    public ModelsCommand()
        : base("models", "Lists, fetches and verifies the models that are not part of the program. Nothing else of it uses the network.")
    {
        Add(new ModelsListCommand());
        Add(new ModelsPullCommand());
        Add(new ModelsVerifyCommand());
        Add(new ModelsPathCommand());
    }
}
