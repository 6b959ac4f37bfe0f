using System.Security.Cryptography;
using PhotoStyle.Functions.Inspection;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Sources;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Functions.Api;

/// <summary>Finds what a caller names and looks at it, before anything is scheduled for it.</summary>
public sealed class SourceResolver(PipelineStorage storage, SourceFetcher fetcher, UploadInspector inspector)
{
    /// <summary>The version of the blob that is there now. A photo at an address is fetched into a blob first, named by its bytes: the same photo is the same blob.</summary>
    /// <param name="source">What the caller named.</param>
    /// <param name="role">What it is for, for messages.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <exception cref="PhotoStyleException">It may not be read, is not there, or is no photo.</exception>
    public Task<BlobReference> ResolveAsync(PhotoSource source, string role, CancellationToken cancel) => source switch
    {
        { Blob: { } blob, Url: null } => FindAsync(blob, cancel),
        { Blob: null, Url: { } url } => FetchAsync(url, role, cancel),
        _ => throw new PhotoStyleException(ErrorCode.JobInvalid, $"The {role} is named by neither or by both of 'blob' and 'url': give one of them."),
    };

    private async Task<BlobReference> FindAsync(string blob, CancellationToken cancel)
    {
        int slash = blob.IndexOf('/', StringComparison.Ordinal);
        (string container, string name) = slash < 0 ? (blob, "") : (blob[..slash], blob[(slash + 1)..]);
        // What was fetched for one caller is not for others.
        IBlobContainer source = container == storage.Fetched.Name ? throw Missing(container, name) : storage.Source(container);
        BlobEntry entry = await source.FindAsync(BlobName.Require(name), cancel) ?? throw Missing(container, name);
        var reference = new BlobReference(container, name, entry.ETag);
        await inspector.InspectAsync(source, reference, cancel);
        return reference;
    }

    private async Task<BlobReference> FetchAsync(string url, string role, CancellationToken cancel)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        await fetcher.FetchAsync(url, file, cancel);
        PhotoHeader header = inspector.Inspect(file, $"The {role}");
        file.Position = 0;
        string hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
        string name = $"{hash}.{header.Format.ToString().ToLowerInvariant()}";
        file.Position = 0;
        await storage.Fetched.TryCreateAsync(name, file, cancel);
        BlobEntry entry = await storage.Fetched.FindAsync(name, cancel) ?? throw Missing(storage.Fetched.Name, name);
        return new BlobReference(storage.Fetched.Name, name, entry.ETag);
    }

    private static PhotoStyleException Missing(string container, string name) =>
        new(ErrorCode.InputMissing, $"There is no blob {BlobName.Printable($"{container}/{name}")}: upload it first, or correct the name.");
}
