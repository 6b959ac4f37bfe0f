using System.Security.Cryptography;
using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Sources;

/// <summary>Finds the photos that a stranger names: those in the storage, and those at addresses, which are brought there first.</summary>
/// <param name="storage">The storage.</param>
/// <param name="fetcher">Fetches by address, and keeps to its rules.</param>
public sealed class SourceFinder(PipelineStorage storage, SourceFetcher fetcher)
{
    /// <summary>The version of a blob that is there now.</summary>
    /// <param name="blob">Its name with the container, <c>uploads/…</c> or <c>styles/…</c>.</param>
    /// <param name="cancellation">Stops the request.</param>
    /// <exception cref="PhotoStyleException">
    /// <see cref="ErrorCode.JobInvalid"/> or <see cref="ErrorCode.NameInvalid"/>: nobody may name it; <see cref="ErrorCode.InputMissing"/>: it is not there.
    /// </exception>
    public async Task<BlobReference> FindAsync(string blob, CancellationToken cancellation = default)
    {
        int slash = blob.IndexOf('/', StringComparison.Ordinal);
        (string container, string name) = slash < 0 ? (blob, "") : (blob[..slash], blob[(slash + 1)..]);
        // What was fetched for one caller is not for others.
        IBlobContainer source = container == storage.Fetched.Name ? throw Missing(container, name) : storage.Source(container);
        return await FindAsync(source, BlobName.Require(name), cancellation).ConfigureAwait(false);
    }

    /// <summary>Fetches a photo into a blob that is named by its bytes: the same photo is the same blob.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="inspect">Looks at the photo before it is kept: throws if it is none, and says in which format it is.</param>
    /// <param name="cancellation">Stops the fetching.</param>
    /// <exception cref="PhotoStyleException">As of <see cref="SourceFetcher.FetchAsync"/> and of <paramref name="inspect"/>; then nothing is kept.</exception>
    public async Task<BlobReference> FetchAsync(string address, Func<Stream, PhotoFormat> inspect, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inspect);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        await using (file.ConfigureAwait(false))
        {
            await fetcher.FetchAsync(address, file, cancellation).ConfigureAwait(false);
            PhotoFormat format = inspect(file);
            file.Position = 0;
            string hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false));
            string name = $"{hash}.{format.ToString().ToLowerInvariant()}";
            file.Position = 0;
            await storage.Fetched.TryCreateAsync(name, file, cancellation).ConfigureAwait(false);
            return await FindAsync(storage.Fetched, name, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<BlobReference> FindAsync(IBlobContainer container, string name, CancellationToken cancellation)
    {
        BlobEntry entry = await container.FindAsync(name, cancellation).ConfigureAwait(false) ?? throw Missing(container.Name, name);
        return new BlobReference(container.Name, name, entry.ETag);
    }

    private static PhotoStyleException Missing(string container, string name) =>
        new(ErrorCode.InputMissing, $"There is no blob {BlobName.Printable($"{container}/{name}")}: upload it first, or correct the name.");
}
