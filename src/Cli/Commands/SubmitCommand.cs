using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle submit CONTENT STYLE</c></summary>
internal sealed class SubmitCommand : StorageCommand
{
    private const int LooksPerStatus = 4;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(0.5);

    private readonly Argument<string> _content = CommonOptions.File("CONTENT", "The photo to be changed.");
    private readonly Argument<string> _style = CommonOptions.File("STYLE", "The photo whose look it takes.");
    private readonly Option<string?> _contentMask = CommonOptions.ContentMask();
    private readonly Option<string?> _styleMask = CommonOptions.StyleMask();
    private readonly Option<string?> _job = new("--job") { HelpName = "NAME", Description = "The job's name, which is that of the folder of its results; made of the names of the photos without it." };
    private readonly Option<bool> _wait = new("--wait") { Description = "End when the job has, with its result." };
    private readonly Option<string?> _output = CommonOptions.FileOption("--output", "Wait for the job and copy the graded photo there. The ending says in which format, where --format does not.", "-o");
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly JobOptionSet _options = new();

    public SubmitCommand()
        : base(
            "submit",
            "Gives a job to whatever works on the storage: 'photostyle watch' here or elsewhere, or the cloud.",
            "photostyle submit holiday.jpg sunset.jpg -o graded.jpg",
            "photostyle submit city.png night.png --content-mask city-mask.png --style-mask night-mask.png --job city --storage ./jobs")
    {
        Add(_content);
        Add(_style);
        Add(_contentMask);
        Add(_styleMask);
        Add(_job);
        Add(_wait);
        Add(_output);
        Add(_force);
        _options.AddTo(this);
        AddCommonOptions();
    }

    protected override string WhatIsLeft => "Stopped waiting. A job that was submitted goes on: see 'photostyle status'.";

    protected override async Task<int> ExecuteAsync(ParseResult options, string? where, JobOutput output, CancellationToken cancellation)
    {
        string content = options.GetRequiredValue(_content), style = options.GetRequiredValue(_style);
        string? contentMask = options.GetValue(_contentMask), styleMask = options.GetValue(_styleMask), named = options.GetValue(_job);
        InputPair.RequireBothMasks(contentMask, styleMask);
        JobOptions how = _options.Read(options, contentMask is not null);
        (string Role, string? Path)[] parts = [("content", content), ("style", style), ("content-mask", contentMask), ("style-mask", styleMask)];
        foreach ((_, string? path) in parts)
        {
            if (path is not null && !File.Exists(path)) throw new PhotoStyleException(ErrorCode.FileMissing, $"{path} does not exist: check the name.");
        }
        if (options.GetValue(_output) is { } target)
        {
            var files = new OutputFiles(options.GetValue(_force));
            foreach ((string role, string? path) in parts) files.AddInput($"the {role}", path);
            files.AddPhoto("--output", target);
            how = WithFormat(target, how, content);
        }
        if (named is not null && (!BlobName.IsValid(named) || named.Contains('/', StringComparison.Ordinal)))
            throw new PhotoStyleException(ErrorCode.NameInvalid, $"--job is '{BlobName.Printable(named)}': give a name that a folder can have.");

        await using OpenStorage open = await OpenStorage.OpenAsync(where, mayStart: false, output.Line, cancellation);
        PipelineStorage storage = open.Storage;
        await storage.CreateAsync(cancellation);
        string job = await FreeNameAsync(storage.Uploads, named, content, style, cancellation);
        var dropped = new List<BlobReference?>();
        foreach ((string role, string? path) in parts) dropped.Add(path is null ? null : await DropAsync(storage.Uploads, $"{job}/{role}{Path.GetExtension(path).ToLowerInvariant()}", path, cancellation));
        // Last: with it, the folder is a job.
        await storage.Uploads.WriteJsonAsync($"{job}/job.json", new JobFile { Options = how }, cancellation);
        if (!options.GetValue(_wait) && options.GetValue(_output) is null)
        {
            output.Result($"{job}: submitted to {open.Description}; results will be in {JobWords.Folder(job)}", new { @event = "submitted", job, results = JobWords.Folder(job) });
            return ExitCode.Success;
        }
        var request = new TransferRequest { Job = job, Content = dropped[0]!, Style = dropped[1]!, ContentMask = dropped[2], StyleMask = dropped[3], Options = how };
        return await WaitAsync(storage, request, options.GetValue(_output), output, cancellation);
    }

    private static async Task<BlobReference> DropAsync(IBlobContainer uploads, string name, string path, CancellationToken cancellation)
    {
        await using FileStream file = File.OpenRead(path);
        await uploads.WriteAsync(name, file, cancellation);
        return new BlobReference(uploads.Name, name, (await uploads.FindAsync(name, cancellation))?.ETag ?? "");
    }

    /// <returns>The options, with the format that the file's name asks for.</returns>
    private static JobOptions WithFormat(string path, JobOptions how, string content)
    {
        if (how.Format is null)
        {
            string named = OutputFile.NameOf(how with { Format = Path.GetExtension(path) }, content);
            how = how with { Format = Path.GetExtension(named).TrimStart('.') };
        }
        ResultFile.RequireFormat(path, OutputFile.NameOf(how, content));
        return how;
    }

    private static async Task<int> WaitAsync(PipelineStorage storage, TransferRequest request, string? target, JobOutput output, CancellationToken cancellation)
    {
        string job = request.Job, told = "submitted, waiting for it";
        output.Line($"{job}: {told}");
        var registry = new JobRegistry(storage.Jobs);
        for (int look = 1; ; look++)
        {
            if (await storage.Results.ReadJsonAsync<TransferResult>($"{job}/result.json", cancellation) is { } result)
            {
                if (target is not null) await ResultFile.CopyAsync(storage, result, target, cancellation);
                output.Result($"{target ?? JobWords.Folder(job) + result.Output}  {result.Width}×{result.Height}", result);
                return ExitCode.Success;
            }
            if (await storage.Results.ReadJsonAsync<FailureReport>($"{job}/error.json", cancellation) is { } failure)
            {
                output.Result($"error[{failure.Error.Code}]: {failure.Error.Message}", failure);
                return ExitCode.UserError;
            }
            // A host writes down every two seconds where a job stands.
            if (look % LooksPerStatus == 0 && await registry.StatusAsync(request.Id, cancellation) is { } status && JobWords.Of(status) is var words && words != told)
                output.Line($"{job}: {told = words}");
            await Task.Delay(s_poll, cancellation);
        }
    }

    private static async Task<string> FreeNameAsync(IBlobContainer uploads, string? named, string content, string style, CancellationToken cancellation)
    {
        if (named is not null)
        {
            if (await IsFreeAsync(uploads, named, cancellation)) return named;
            throw new PhotoStyleException(ErrorCode.OptionInvalid, $"There is a job '{named}' already: choose another name with --job.");
        }
        string name = $"{Path.GetFileNameWithoutExtension(content)}-{Path.GetFileNameWithoutExtension(style)}";
        if (!BlobName.IsValid(name)) name = "job";
        for (int number = 1; ; number++)
        {
            string candidate = number == 1 ? name : FormattableString.Invariant($"{name}-{number}");
            if (await IsFreeAsync(uploads, candidate, cancellation)) return candidate;
        }
    }

    private static async Task<bool> IsFreeAsync(IBlobContainer uploads, string job, CancellationToken cancellation)
    {
        await foreach (BlobEntry _ in uploads.ListAsync($"{job}/", cancellation)) return false;
        return true;
    }
}
