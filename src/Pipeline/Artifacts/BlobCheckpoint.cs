using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using PhotoStyle.Optimization;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Artifacts;

/// <summary>Keeps a solver's checkpoint in a blob, uploaded behind the solver. For one solver at a time.</summary>
/// <remarks>
/// The solver goes on while a state is on its way, and waits only when the next one is due before that has arrived: when <see cref="Save"/> returns, all states saved
/// before are safe. An upload that fails is reported, and made up for by the next.
/// </remarks>
/// <param name="container">The container of checkpoints.</param>
/// <param name="name">The blob, named by the hash of the grade that is to be.</param>
/// <param name="failed">Told of uploads that failed; <see cref="FlushAsync"/> throws the last one.</param>
public sealed class BlobCheckpoint(IBlobContainer container, string name, Action<Exception>? failed = null) : ICheckpointStorage
{
    /// <summary>Larger states lie in a file until they are uploaded: those of large pictures have gigabytes.</summary>
    private const long MostBytesInMemory = 64L << 20;

    private Task _upload = Task.CompletedTask;

    /// <summary>Whether it is known that there is no blob: nothing was found, and nothing saved since.</summary>
    private bool _isAbsent;

    /// <summary>Bytes of the state that was opened or saved last; the next one has about as many.</summary>
    private long _length;

    /// <summary>SHA-256 of the state that is known to be in the blob.</summary>
    private byte[]? _hash;

    /// <inheritdoc/>
    public string Name => $"{container.Name}/{name}";

    /// <inheritdoc/>
    public bool IsSafe(bool wait)
    {
        // Does not throw if it failed: the next one tells.
        if (wait) Task.WaitAny(_upload);
        return _upload.IsCompletedSuccessfully;
    }

    /// <inheritdoc/>
    public Stream? Open()
    {
        if (container.FindAsync(name).GetAwaiter().GetResult() is not { } entry)
        {
            _isAbsent = true;
            return null;
        }
        _length = entry.Length;
        if (entry.Length > MostBytesInMemory) return container.OpenAsync(name, entry.ETag).GetAwaiter().GetResult();
        if (container.ReadAsync(name).GetAwaiter().GetResult() is not { } bytes) return null;
        _hash = SHA256.HashData(bytes);
        return new MemoryStream(bytes, writable: false);
    }

    /// <inheritdoc/>
    public void Save(Action<Stream> write)
    {
        Stream stream = _length > MostBytesInMemory ? TemporaryFile() : new MemoryStream();
        try
        {
            write(stream);
            _length = stream.Length;
            WaitForUpload();
        }
        catch
        {
            stream.Dispose();
            throw;
        }
        _isAbsent = false;
        _upload = Task.Run(() => UploadAsync(stream));
    }

    /// <summary>Waits until the state that was saved last is in the blob.</summary>
    public Task FlushAsync() => _upload;

    /// <summary>Deletes it: the result is safe.</summary>
    public async Task DeleteAsync(CancellationToken cancellation = default)
    {
        // Of most jobs, which are short.
        if (_isAbsent) return;
        // What is on its way would come back.
        await _upload.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _hash = null;
        await container.DeleteAsync(name, cancellation).ConfigureAwait(false);
    }

    private static FileStream TemporaryFile() => new(
        Path.Combine(Path.GetTempPath(), $"photostyle-{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);

    private async Task UploadAsync(Stream stream)
    {
        await using ConfiguredAsyncDisposable _ = stream.ConfigureAwait(false);
        stream.Position = 0;
        byte[] hash = await SHA256.HashDataAsync(stream).ConfigureAwait(false);
        // A state that is kept already changes nothing, not even the blob's ETag, by which one sees from outside that work goes on.
        if (_hash is { } kept && hash.AsSpan().SequenceEqual(kept)) return;
        stream.Position = 0;
        await container.WriteAsync(name, stream).ConfigureAwait(false);
        _hash = hash;
    }

    private void WaitForUpload()
    {
        try
        {
            _upload.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            failed?.Invoke(e);
        }
    }
}
