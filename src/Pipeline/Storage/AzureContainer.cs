using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace PhotoStyle.Pipeline.Storage;

/// <summary>A container of an Azure storage account, or of Azurite.</summary>
/// <param name="client">The container.</param>
public sealed class AzureContainer(BlobContainerClient client) : IBlobContainer
{
    /// <inheritdoc/>
    public string Name => client.Name;

    /// <inheritdoc/>
    public Task CreateIfMissingAsync(CancellationToken cancellation = default) => client.CreateIfNotExistsAsync(cancellationToken: cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix = "", [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (BlobItem blob in client.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation).ConfigureAwait(false))
        {
            BlobItemProperties properties = blob.Properties;
            yield return new BlobEntry(blob.Name, Plain(properties.ETag), properties.ContentLength ?? 0, properties.LastModified ?? default);
        }
    }

    /// <inheritdoc/>
    public async Task<BlobEntry?> FindAsync(string name, CancellationToken cancellation = default)
    {
        try
        {
            BlobProperties properties = await Blob(name).GetPropertiesAsync(cancellationToken: cancellation).ConfigureAwait(false);
            return new BlobEntry(name, Plain(properties.ETag), properties.ContentLength, properties.LastModified);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenAsync(string name, string? etag = null, CancellationToken cancellation = default)
    {
        var options = new BlobDownloadOptions { Conditions = etag is null ? null : new BlobRequestConditions { IfMatch = new ETag($"\"{etag}\"") } };
        try
        {
            BlobDownloadStreamingResult result = await Blob(name).DownloadStreamingAsync(options, cancellation).ConfigureAwait(false);
            return result.Content;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenSeekableAsync(string name, string? etag = null, CancellationToken cancellation = default)
    {
        var options = new BlobOpenReadOptions(allowModifications: false)
        {
            BufferSize = 1 << 16,
            Conditions = etag is null ? null : new BlobRequestConditions { IfMatch = new ETag(etag) },
        };
        try
        {
            return await Blob(name).OpenReadAsync(options, cancellation).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryCreateAsync(string name, Stream content, CancellationToken cancellation = default)
    {
        var options = new BlobUploadOptions { HttpHeaders = HeadersOf(name), Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
        try
        {
            await Blob(name).UploadAsync(content, options, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public Task WriteAsync(string name, Stream content, CancellationToken cancellation = default) =>
        Blob(name).UploadAsync(content, new BlobUploadOptions { HttpHeaders = HeadersOf(name) }, cancellation);

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellation = default) => Blob(name).DeleteIfExistsAsync(cancellationToken: cancellation);

    /// <inheritdoc/>
    public async Task<IAsyncDisposable?> TryHoldAsync(string name, CancellationToken cancellation = default)
    {
        BlobClient blob = Blob(name);
        await TryCreateAsync(name, Stream.Null, cancellation).ConfigureAwait(false);
        return await BlobHold.TryTakeAsync(blob, cancellation).ConfigureAwait(false);
    }

    private BlobClient Blob(string name) => client.GetBlobClient(name);

    /// <summary>Lists have tags without quotes, all other answers with them.</summary>
    private static string Plain(ETag? etag) => etag?.ToString().Trim('"') ?? "";

    private static BlobHttpHeaders HeadersOf(string name) => new() { ContentType = ContentTypeOf(name) };

    /// <summary>Results are looked at in browsers.</summary>
    private static string ContentTypeOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".jpg" or ".jpeg" => "image/jpeg",
        ".png" => "image/png",
        ".webp" => "image/webp",
        ".tif" or ".tiff" => "image/tiff",
        ".avif" => "image/avif",
        ".json" => "application/json",
        _ => "application/octet-stream",
    };
}
