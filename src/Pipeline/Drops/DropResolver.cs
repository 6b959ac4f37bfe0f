using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Drops;

/// <summary>
/// Makes jobs of what was dropped, by two conventions. A photo <c>uploads/&lt;style&gt;/&lt;photo&gt;</c> gets the look of <c>styles/&lt;style&gt;.*</c>. A folder
/// <c>uploads/&lt;job&gt;/</c> with <c>content.*</c>, <c>style.*</c>, perhaps <c>content-mask.*</c> and <c>style-mask.*</c>, becomes a job once it has a <c>job.json</c>.
/// Blobs may arrive in any order: what is not whole yet waits.
/// </summary>
/// <remarks>
/// Each version of a photo or <c>job.json</c> is a drop once: <see cref="MarkStartedAsync"/> writes that down, so that a style that is replaced later does not start
/// all its photos again.
/// </remarks>
/// <param name="storage">The storage.</param>
/// <param name="settling">What was written since then may not be whole, and is not seen yet when all uploads are looked at.</param>
public sealed class DropResolver(PipelineStorage storage, TimeSpan settling = default)
{
    private const string JobFileName = "job.json";
    private static readonly string[] s_roles = ["content", "style", "content-mask", "style-mask"];

    private readonly StartedDrops _started = new(storage.Jobs);

    /// <summary>Options of all photos of a style, by the version of their file: they are the same for each of the photos.</summary>
    private readonly ConcurrentDictionary<string, (string ETag, JobFile File)> _styleOptions = new(StringComparer.Ordinal);

    /// <summary>What can begin now that a blob has arrived.</summary>
    /// <param name="container"><c>uploads</c> or <c>styles</c>; of other containers nothing can begin.</param>
    /// <param name="name">The blob's name.</param>
    /// <param name="cancellation">Stops the requests.</param>
    public async Task<IReadOnlyList<Drop>> ResolveAsync(string container, string name, CancellationToken cancellation = default)
    {
        string folder;
        if (container == storage.Uploads.Name)
        {
            int slash = name.IndexOf('/', StringComparison.Ordinal);
            if (slash <= 0) return [];
            folder = name[..slash];
        }
        else if (container == storage.Styles.Name && StylePhoto.NameOf(name) is { } style)
        {
            folder = style;
        }
        else
        {
            return [];
        }
        List<BlobEntry> uploads = await ListAsync(storage.Uploads, $"{folder}/", cancellation).ConfigureAwait(false);
        bool wantsAll = container == storage.Styles.Name || IsPartOfJob(name);
        IEnumerable<BlobEntry> relevant = wantsAll ? uploads : uploads.Where(entry => entry.Name == name);
        return await ResolveFolderAsync(folder, [.. relevant], uploads, await ListAsync(storage.Styles, "", cancellation).ConfigureAwait(false), [], _started.Begin(), cancellation).ConfigureAwait(false);
    }

    /// <summary>Looks at all uploads.</summary>
    public async Task<DropScan> ScanAsync(CancellationToken cancellation = default)
    {
        List<BlobEntry> uploads = await ListAsync(storage.Uploads, "", cancellation).ConfigureAwait(false), styles = await ListAsync(storage.Styles, "", cancellation).ConfigureAwait(false);
        int unsettled = uploads.RemoveAll(IsUnsettled) + styles.RemoveAll(IsUnsettled);
        StartedDrops.Look started = _started.Begin();
        var waiting = new List<string>();
        var drops = new List<Drop>();
        foreach (IGrouping<string, BlobEntry> folder in uploads.Where(entry => entry.Name.Contains('/', StringComparison.Ordinal)).GroupBy(entry => entry.Name.Split('/')[0]))
        {
            List<BlobEntry> entries = [.. folder];
            drops.AddRange(await ResolveFolderAsync(folder.Key, entries, entries, styles, waiting, started, cancellation).ConfigureAwait(false));
        }
        waiting.AddRange(uploads
            .Where(entry => !entry.Name.Contains('/', StringComparison.Ordinal))
            .Select(entry => $"{entry.Name} lies in no folder: put it into one that is named after its style."));
        return new DropScan(drops, waiting, unsettled);
    }

    /// <summary>Writes down that a drop was started, so that it is never found again.</summary>
    public Task MarkStartedAsync(Drop drop, CancellationToken cancellation = default) =>
        _started.AddAsync(drop.Trigger, drop.Request?.Id ?? drop.Failure!.Id, cancellation);

    /// <summary>A clock that goes wrong, of a camera perhaps, must not keep a photo out: what is of the future counts as whole.</summary>
    private bool IsUnsettled(BlobEntry entry)
    {
        TimeSpan age = DateTimeOffset.UtcNow - entry.Modified;
        return age >= TimeSpan.Zero && age < settling;
    }

    private static async Task<List<BlobEntry>> ListAsync(IBlobContainer container, string prefix, CancellationToken cancellation)
    {
        var entries = new List<BlobEntry>();
        await foreach (BlobEntry entry in container.ListAsync(prefix, cancellation).ConfigureAwait(false)) entries.Add(entry);
        return entries;
    }

    /// <summary>Whether a blob has one of the names that job folders are made of.</summary>
    private static bool IsPartOfJob(string name) => name.Split('/') is [_, var file] && (file == JobFileName || s_roles.Any(role => HasRole(file, role)));

    private static bool HasRole(string file, string role) => file.LastIndexOf('.') == role.Length && file.StartsWith(role, StringComparison.Ordinal);

    private async Task<List<Drop>> ResolveFolderAsync(
        string folder, IReadOnlyList<BlobEntry> relevant, IReadOnlyList<BlobEntry> all, IReadOnlyList<BlobEntry> styles, List<string> waiting, StartedDrops.Look started, CancellationToken cancellation)
    {
        var drops = new List<Drop>();
        foreach (BlobEntry photo in relevant.Where(entry => !IsPartOfJob(entry.Name)))
        {
            if (await started.HasAsync(photo, cancellation).ConfigureAwait(false)) continue;
            if (await ResolvePhotoAsync(folder, photo, styles, cancellation).ConfigureAwait(false) is { } drop) drops.Add(drop);
            else waiting.Add($"{BlobName.Printable(photo.Name)} waits for a style {BlobName.Printable(folder)}.* in {storage.Styles.Name}.");
        }
        if (!relevant.Any(entry => IsPartOfJob(entry.Name))) return drops;
        BlobEntry? jobFile = all.FirstOrDefault(entry => entry.Name == $"{folder}/{JobFileName}");
        if (jobFile is not null && await started.HasAsync(jobFile, cancellation).ConfigureAwait(false)) return drops;
        if (jobFile is not null && await ResolveJobAsync(folder, jobFile, all, styles, cancellation).ConfigureAwait(false) is { } job) drops.Add(job);
        else waiting.Add($"{BlobName.Printable(folder)} waits for {(jobFile is null ? JobFileName : "content.* or style.*")}.");
        return drops;
    }

    private Task<Drop?> ResolvePhotoAsync(string folder, BlobEntry photo, IReadOnlyList<BlobEntry> styles, CancellationToken cancellation) =>
        AttemptAsync(photo, photo.Name, async () =>
        {
            BlobName.Require(photo.Name);
            if (FindStyle(folder, styles) is not { } style) return null;
            JobFile file = styles.FirstOrDefault(entry => entry.Name == folder + StylePhoto.OptionsEnding) is { } optionsFile
                ? await ReadStyleOptionsAsync(optionsFile, cancellation).ConfigureAwait(false)
                : new JobFile();
            return new TransferRequest { Job = photo.Name, Content = Reference(storage.Uploads, photo), Style = Reference(storage.Styles, style), Options = file.Options };
        });

    private Task<Drop?> ResolveJobAsync(string folder, BlobEntry jobFile, IReadOnlyList<BlobEntry> all, IReadOnlyList<BlobEntry> styles, CancellationToken cancellation) =>
        AttemptAsync(jobFile, folder, async () =>
        {
            BlobName.Require(folder);
            JobFile file = await ReadJobFileAsync(storage.Uploads, jobFile.Name, cancellation).ConfigureAwait(false);
            BlobReference?[] found = [.. s_roles.Select(role => Part(folder, role, all) is { } entry ? Reference(storage.Uploads, entry) : null)];
            if (found[1] is null && file.Style is { } named && FindStyle(BlobName.Require(named), styles) is { } style) found[1] = Reference(storage.Styles, style);
            if (found[2] is null != found[3] is null)
                throw new PhotoStyleException(ErrorCode.JobInvalid, $"There is a mask for one photo only in '{folder}': add {(found[2] is null ? "content-mask.*" : "style-mask.*")} or remove the other one, then drop job.json again.");
            return found is [{ } content, { } look, var contentMask, var styleMask]
                ? new TransferRequest { Job = folder, Content = content, Style = look, ContentMask = contentMask, StyleMask = styleMask, Options = file.Options }
                : null;
        });

    private static async Task<Drop?> AttemptAsync(BlobEntry trigger, string job, Func<Task<TransferRequest?>> resolve)
    {
        try
        {
            TransferRequest? request = await resolve().ConfigureAwait(false);
            return request is null ? null : new Drop(trigger, request.Validate(), null);
        }
        catch (PhotoStyleException e) when (e.Code is not ErrorCode.StorageUnavailable)
        {
            string id = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { trigger.Name, trigger.ETag, e.CodeName }, PipelineJson.Options)))[..32];
            return new Drop(trigger, null, new FailureReport { Job = job, Id = id, Error = TransferError.Of(e), Program = $"photostyle {StyleTransfer.Version}" });
        }
    }

    private static BlobEntry? FindStyle(string style, IReadOnlyList<BlobEntry> styles) => Single(
        [.. styles.Where(entry => StylePhoto.Of(entry)?.Style == style)], $"for the style '{BlobName.Printable(style)}'");

    private static BlobEntry? Part(string folder, string role, IReadOnlyList<BlobEntry> all) =>
        Single([.. all.Where(entry => entry.Name.Split('/') is [_, var file] && HasRole(file, role))], $"with the name {role} in the folder '{BlobName.Printable(folder)}'");

    private static BlobEntry? Single(IReadOnlyList<BlobEntry> found, string where) => found.Count > 1
        ? throw new PhotoStyleException(ErrorCode.InputAmbiguous, $"There are {found.Count} pictures {where} ({string.Join(", ", found.Select(entry => BlobName.Printable(entry.Name)))}): keep one of them, then {DropWords.Again}.")
        : found.SingleOrDefault();

    private static BlobReference Reference(IBlobContainer container, BlobEntry entry) => new(container.Name, entry.Name, entry.ETag);

    private async Task<JobFile> ReadStyleOptionsAsync(BlobEntry entry, CancellationToken cancellation)
    {
        if (_styleOptions.TryGetValue(entry.Name, out (string ETag, JobFile File) known) && known.ETag == entry.ETag) return known.File;
        JobFile file = await ReadJobFileAsync(storage.Styles, entry.Name, cancellation).ConfigureAwait(false);
        _styleOptions[entry.Name] = (entry.ETag, file);
        return file;
    }

    private static async Task<JobFile> ReadJobFileAsync(IBlobContainer container, string name, CancellationToken cancellation)
    {
        try
        {
            JobFile file = await container.ReadJsonAsync<JobFile>(name, cancellation).ConfigureAwait(false) ?? new JobFile();
            if (file.Version == PipelineJson.Version) return file;
            throw new JsonException(FormattableString.Invariant($"its version is {file.Version}, not {PipelineJson.Version}"));
        }
        catch (JsonException e)
        {
            throw new PhotoStyleException(ErrorCode.JobInvalid, $"{container.Name}/{name} can not be read ({JsonMistake.Of(e)}): mend it by docs/schemas/job.schema.json, then drop it again.", e);
        }
    }
}
