namespace PhotoStyle.Pipeline.Storage;

/// <summary>Named blobs: a container of a storage account or a folder. Writes are whole or not at all, and several processes may use it at once.</summary>
/// <remarks>Names are used as they are: check those from outside with <see cref="BlobName"/>.</remarks>
public interface IBlobContainer
{
    /// <summary>The name of the container.</summary>
    string Name { get; }

    /// <summary>Makes the container if it does not exist.</summary>
    Task CreateIfMissingAsync(CancellationToken cancellation = default);

    /// <summary>All blobs whose names begin with a prefix, in ordinal order of their names.</summary>
    IAsyncEnumerable<BlobEntry> ListAsync(string prefix = "", CancellationToken cancellation = default);

    /// <summary>What is known of a blob; null if there is none.</summary>
    Task<BlobEntry?> FindAsync(string name, CancellationToken cancellation = default);

    /// <summary>Opens a blob.</summary>
    /// <param name="name">The blob.</param>
    /// <param name="etag">Which version must be read, or null for the current one.</param>
    /// <param name="cancellation">Stops the request.</param>
    /// <returns>The bytes, disposed by the caller; null if there is no such blob, or only another version of it.</returns>
    Task<Stream?> OpenAsync(string name, string? etag = null, CancellationToken cancellation = default);

    /// <summary>Opens a blob of which only parts are wanted: a position costs a request, and no more than 64 KiB are fetched at once.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    Task<Stream?> OpenSeekableAsync(string name, string? etag = null, CancellationToken cancellation = default);

    /// <summary>Writes a blob that must not exist yet.</summary>
    /// <returns>Whether it was written; false if there is one already, which stays as it is.</returns>
    Task<bool> TryCreateAsync(string name, Stream content, CancellationToken cancellation = default);

    /// <summary>Writes a blob, in place of what may be there.</summary>
    Task WriteAsync(string name, Stream content, CancellationToken cancellation = default);

    /// <summary>Deletes a blob; does nothing if there is none.</summary>
    Task DeleteAsync(string name, CancellationToken cancellation = default);

    /// <summary>Takes a name for as long as this process lives and wants it.</summary>
    /// <returns>To be disposed to let go of it; null while another process has it. One that was killed lets go within seconds.</returns>
    Task<IAsyncDisposable?> TryHoldAsync(string name, CancellationToken cancellation = default);
}
