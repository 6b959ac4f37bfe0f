using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Models;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle models path [NAME]</c></summary>
internal sealed class ModelsPathCommand : ReportingCommand
{
    private readonly Argument<string?> _name = new("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "Which model; without a name, the folder into which models are fetched." };

    public ModelsPathCommand()
        : base("path", "Prints where a model is or is to be put.", "photostyle models path", "photostyle models path vgg19")
    {
        Add(_name);
        AddCommonOptions();
    }

    protected override Task<Report> ExecuteAsync(ParseResult options, Run run) => Task.FromResult<Report>(
        new ModelPathReport(options.GetValue(_name) is { } name ? ModelFolder.PathOf(ModelManifest.Get(name)) : ModelFolder.All[0]));
}
