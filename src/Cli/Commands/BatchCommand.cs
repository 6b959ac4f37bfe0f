using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using PhotoStyle.Cli.Output;
using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Hosting;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle batch STYLE FOLDER -o OUT</c></summary>
internal sealed class BatchCommand : StorageCommand
{
    private const string StateFolder = ".photostyle";
    private static readonly string[] s_endings = [".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".avif", ".heic", ".heif"];

    private readonly Argument<string> _style = CommonOptions.File("STYLE", "The photo whose look all take.");
    private readonly Argument<string> _folder = new("FOLDER") { Description = "The photos to be changed, those in folders within it too." };
    private readonly Option<string> _output = new("--output", "-o") { Required = true, HelpName = "FOLDER", Description = "Where the results go, under the names of the photos." };
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly JobOptionSet _options = new();
    private readonly Option<string> _device = CommonOptions.Device();

    public BatchCommand()
        : base(
            "batch",
            $"Gives all photos of a folder the look of one photo. After an interruption the same command goes on where it was; its state is in {StateFolder} in the folder of the results.",
            "photostyle batch sunset.jpg holiday -o graded",
            "photostyle batch sunset.jpg holiday -o graded --strength 0.7 --format jpg")
    {
        Add(_style);
        Add(_folder);
        Add(_output);
        Add(_force);
        _options.AddTo(this);
        Add(_device);
        AddCommonOptions();
    }

    protected override string WhatIsLeft => "Stopped. The same command goes on where it was.";

    protected override async Task<int> ExecuteAsync(ParseResult options, string? where, JobOutput output, CancellationToken cancellation)
    {
        JobOptions how = _options.Read(options, hasMasks: false);
        string style = options.GetRequiredValue(_style), folder = options.GetRequiredValue(_folder), target = Path.GetFullPath(options.GetRequiredValue(_output));
        if (!File.Exists(style)) throw new PhotoStyleException(ErrorCode.FileMissing, $"{style} does not exist: check the name.");
        if (!Directory.Exists(folder)) throw new PhotoStyleException(ErrorCode.FileMissing, $"There is no folder {folder}: check the name.");
        string[] photos = Photos(folder, target);
        if (photos.Length == 0) throw new PhotoStyleException(ErrorCode.FileMissing, $"There are no photos in {folder}: choose a folder with files that end in {string.Join(", ", s_endings)}.");
        Directory.CreateDirectory(target);

        await using OpenStorage open = await OpenStorage.OpenAsync(where ?? Path.Combine(target, StateFolder), mayStart: true, output.Line, cancellation);
        await open.Storage.CreateAsync(cancellation);
        List<BatchPhoto> batch = await DropAsync(open.Storage, style, how, folder, photos, cancellation);
        RequireApart(batch);
        if (!options.GetValue(_force)) await RequireFreeAsync(open.Storage, batch, target, cancellation);
        await output.ShowAsync(async observer =>
        {
            using var host = new LocalHost(open.Storage, new LocalHostOptions { Once = true, Device = CommonOptions.DeviceOf(options, _device) }, observer);
            await host.RunAsync(cancellation);
        }, new JobNames(batch.ToDictionary(photo => photo.Job, photo => photo.Name)));

        int failed = 0;
        foreach (BatchPhoto photo in batch)
        {
            if (await open.Storage.Results.ReadJsonAsync<TransferResult>($"{photo.Results}/result.json", cancellation) is { } result)
            {
                string path = Path.Combine(target, photo.Output);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await ResultFile.CopyAsync(open.Storage, result, path, cancellation);
                output.Result(path, new { @event = "result", photo = photo.Name, output = path, seconds = result.Steps.Sum(step => step.Seconds) });
            }
            else
            {
                failed++;
                FailureReport? failure = await open.Storage.Results.ReadJsonAsync<FailureReport>($"{photo.Results}/error.json", cancellation);
                TransferError error = failure?.Error ?? TransferError.OfBug(new InvalidOperationException("the job has no result and no error"));
                output.Result($"{photo.Name}: error[{error.Code}]: {error.Message}", new { @event = "error", photo = photo.Name, error });
            }
        }
        return failed == 0 ? ExitCode.Success : ExitCode.UserError;
    }

    private static string[] Photos(string folder, string target)
    {
        string full = Path.GetFullPath(folder);
        return
        [
            .. Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories)
                .Where(path => s_endings.Contains(Path.GetExtension(path).ToLowerInvariant()) && !path.StartsWith(target + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                .Select(path => Path.GetRelativePath(full, path))
                .Where(name => !name.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Drops everything under names made of its bytes, so that the same command finds its own jobs again.</summary>
    private static async Task<List<BatchPhoto>> DropAsync(PipelineStorage storage, string style, JobOptions how, string folder, string[] photos, CancellationToken cancellation)
    {
        string styleName = $"{(await HashAsync(style, cancellation))[..12]}-{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(how, PipelineJson.Options)))[..12]}";
        await storage.Styles.TryCreateJsonAsync($"{styleName}.json", new JobFile { Options = how }, cancellation);
        await UploadAsync(storage.Styles, $"{styleName}{Path.GetExtension(style).ToLowerInvariant()}", style, cancellation);
        var batch = new List<BatchPhoto>();
        foreach (string name in photos)
        {
            string path = Path.Combine(folder, name);
            string job = $"{styleName}/{(await HashAsync(path, cancellation))[..12]}/{name.Replace(Path.DirectorySeparatorChar, '/')}";
            BlobName.Require(job);
            await UploadAsync(storage.Uploads, job, path, cancellation);
            batch.Add(new BatchPhoto(name, job, Path.ChangeExtension(name, Path.GetExtension(OutputFile.NameOf(how, name))), ResultFolder.Of(job)));
        }
        return batch;
    }

    /// <summary>Photos that differ in their endings only may become files of one name.</summary>
    private static void RequireApart(List<BatchPhoto> batch)
    {
        foreach (IGrouping<string, BatchPhoto> same in batch.GroupBy(photo => photo.Output, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            throw new PhotoStyleException(
                ErrorCode.OptionInvalid, $"{string.Join(" and ", same.Select(photo => photo.Name))} would all become {same.Key}: rename or move all but one, or leave --format out.");
        }
    }

    /// <summary>A file that another program wrote is not replaced; one that an interrupted run of this batch wrote is.</summary>
    private static async Task RequireFreeAsync(PipelineStorage storage, List<BatchPhoto> batch, string target, CancellationToken cancellation)
    {
        foreach (BatchPhoto photo in batch)
        {
            string path = Path.Combine(target, photo.Output);
            if (File.Exists(path) && await storage.Results.FindAsync($"{photo.Results}/result.json", cancellation) is null)
                throw new PhotoStyleException(ErrorCode.OutputNotWritable, $"{path} exists already: choose another folder, or replace it with --force.");
        }
    }

    private static async Task UploadAsync(IBlobContainer container, string name, string path, CancellationToken cancellation)
    {
        if (await container.FindAsync(name, cancellation) is not null) return;
        await using FileStream file = File.OpenRead(path);
        await container.TryCreateAsync(name, file, cancellation);
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }

    /// <summary>A photo of the batch.</summary>
    /// <param name="Name">Its path within the folder.</param>
    /// <param name="Job">The name of its job.</param>
    /// <param name="Output">The path of its result within the folder of results.</param>
    /// <param name="Results">Where its job puts the results.</param>
    private sealed record BatchPhoto(string Name, string Job, string Output, string Results);
}
