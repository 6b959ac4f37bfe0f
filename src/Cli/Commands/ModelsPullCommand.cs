using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Models;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle models pull NAME…</c></summary>
internal sealed class ModelsPullCommand : ReportingCommand
{
    private readonly Argument<string[]> _names = new("NAME") { Arity = ArgumentArity.OneOrMore, Description = "Which models, as 'photostyle models list' names them." };

    public ModelsPullCommand()
        : base(
            "pull",
            "Fetches models, verifies them and puts them where the program looks for them. A download that was interrupted goes on from where it was.",
            "photostyle models pull vgg19",
            "photostyle models pull vgg19 vgg19-caffe")
    {
        Add(_names);
        AddCommonOptions();
    }

    protected override async Task<Report> ExecuteAsync(ParseResult options, Run run)
    {
        // All names are looked at before the first byte is fetched.
        KnownModel[] models = [.. options.GetRequiredValue(_names).Distinct().Select(ModelManifest.Get)];
        using var client = new HttpClient();
        var download = new ModelDownload(client);
        var reports = new List<ModelReport>();
        foreach (KnownModel model in models)
        {
            run.Begin(Stage.Verify, model.Name);
            if (await ModelFile.VerifyAsync(model, run.Cancellation) == ModelState.Intact)
            {
                run.Reporter.Notice($"{model.Name} is here already.");
            }
            else
            {
                run.Begin(Stage.Fetch, $"{model.Name} from {model.Download?.Host ?? "nowhere"}");
                await download.FetchAsync(model, run.Reporter.Fetching, run.Cancellation);
            }
            reports.Add(ModelReport.Of(model, ModelState.Intact));
        }
        return new ModelsReport("models pull", reports);
    }
}
