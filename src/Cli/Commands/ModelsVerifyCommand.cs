using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Models;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle models verify [NAME…]</c></summary>
internal sealed class ModelsVerifyCommand : ReportingCommand
{
    private readonly Argument<string[]> _names = new("NAME") { Arity = ArgumentArity.ZeroOrMore, Description = "Which models; without a name, all that are here." };

    public ModelsVerifyCommand()
        : base("verify", "Compares the files of models with their SHA-256. It is an error if one is missing or is not what it should be.", "photostyle models verify", "photostyle models verify vgg19")
    {
        Add(_names);
        AddCommonOptions();
    }

    protected override async Task<Report> ExecuteAsync(ParseResult options, Run run)
    {
        string[] names = options.GetValue(_names) ?? [];
        KnownModel[] models = names.Length > 0
            ? [.. names.Distinct().Select(ModelManifest.Get)]
            : [.. ModelManifest.Models.Where(model => ModelFile.Look(model) is ModelState.Present or ModelState.Damaged)];
        var reports = new List<ModelReport>();
        foreach (KnownModel model in models)
        {
            run.Begin(Stage.Verify, model.Name);
            ModelState state = await ModelFile.VerifyAsync(model, run.Cancellation);
            string path = ModelFolder.PathOf(model);
            if (state is ModelState.Missing or ModelState.Partial)
                throw new PhotoStyleException(ErrorCode.FileMissing, $"The model '{model.Name}' is not at {path}: run 'photostyle models pull {model.Name}' or put the file there.");
            if (state != ModelState.Intact)
                throw new PhotoStyleException(ErrorCode.WeightsInvalid, $"{path} is not the model '{model.Name}' or is damaged: delete it and fetch it again.");
            reports.Add(ModelReport.Of(model, state));
        }
        return new ModelsReport("models verify", reports);
    }
}
