using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle fetch JOB -o FILE</c></summary>
internal sealed class FetchCommand : StorageCommand
{
    private readonly Argument<string> _job = new("JOB") { Description = "A job's name, as 'photostyle status' shows it." };
    private readonly Option<string> _output = CommonOptions.Output();
    private readonly Option<bool> _force = CommonOptions.Force();

    public FetchCommand()
        : base("fetch", "Copies the graded photo of a job out of the storage.", "photostyle fetch sunset/holiday.jpg -o graded.jpg", "photostyle fetch city -o city.png --storage ./jobs")
    {
        _output.Description = "Where the graded photo goes. It is copied as it is: the name ends as that of the job's output does.";
        Add(_job);
        Add(_output);
        Add(_force);
        AddCommonOptions();
    }

    protected override async Task<int> ExecuteAsync(ParseResult options, string? where, JobOutput output, CancellationToken cancellation)
    {
        string job = options.GetRequiredValue(_job), path = options.GetRequiredValue(_output);
        new OutputFiles(options.GetValue(_force)).AddPhoto("--output", path);
        if (!BlobName.IsValid(job)) throw new PhotoStyleException(ErrorCode.OptionInvalid, $"There is no job '{BlobName.Printable(job)}': 'photostyle status' lists all.");
        await using OpenStorage open = await OpenStorage.OpenAsync(where, mayStart: false, output.Line, cancellation);
        await open.Storage.CreateAsync(cancellation);
        TransferResult result = await open.Storage.Results.ReadJsonAsync<TransferResult>($"{ResultFolder.Of(job)}/result.json", cancellation)
            ?? throw new PhotoStyleException(ErrorCode.OptionInvalid, await WhyThereIsNoneAsync(open.Storage, job, cancellation));
        ResultFile.RequireFormat(path, result.Output);
        await ResultFile.CopyAsync(open.Storage, result, path, cancellation);
        output.Result($"{path}  {result.Width}×{result.Height}", result);
        return ExitCode.Success;
    }

    private static async Task<string> WhyThereIsNoneAsync(PipelineStorage storage, string job, CancellationToken cancellation) =>
        await storage.Results.ReadJsonAsync<FailureReport>($"{ResultFolder.Of(job)}/error.json", cancellation) is { } failure
            ? $"The job '{job}' has no result ({failure.Error.Code}): {failure.Error.Message}"
            : $"The job '{job}' has no result: see with 'photostyle status' whether it is known, and has ended.";
}
