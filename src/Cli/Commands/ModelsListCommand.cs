using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Models;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle models list</c></summary>
internal sealed class ModelsListCommand : ReportingCommand
{
    public ModelsListCommand()
        : base("list", "Lists all known models: what each is, whether it is here, its licence, and where it comes from.", "photostyle models list", "photostyle models list --json") =>
        AddCommonOptions();

    protected override Task<Report> ExecuteAsync(ParseResult options, Run run) =>
        Task.FromResult<Report>(new ModelsReport("models list", [.. ModelManifest.Models.Select(model => ModelReport.Of(model, ModelFile.Look(model)))]) { Details = true });
}
