using System.Security.Cryptography;
using PhotoStyle.Optimization;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Artifacts;

/// <summary>Keeps a solver's checkpoint in a blob, uploaded behind the solver. For one solver at a time.</summary>
/// <remarks>
/// The solver goes on while a state is on its way, and waits only when the next one is due before that has arrived: when <see cref="Save"/> returns, all states saved
/// before are safe. So whatever happens, no more is lost than was computed since the last state but one. An upload that fails is reported, and made up for by the next.
/// </remarks>
/// <param name="container">The container of checkpoints.</param>
/// <param name="name">The blob, named by the hash of the grade that is to be.</param>
/// <param name="failed">Told of uploads that failed; <see cref="FlushAsync"/> throws the last one.</param>
public sealed class BlobCheckpoint(IBlobContainer container, string name, Action<Exception>? failed = null) : ICheckpointStorage
{
    private Task _upload = Task.CompletedTask;

    /// <summary>Of the state that is in the blob or on its way.</summary>
    private byte[]? _hash;

    /// <inheritdoc/>
    public string Name => $"{container.Name}/{name}";

    /// <inheritdoc/>
    public Stream? Open()
    {
        byte[]? bytes = container.ReadAsync(name).GetAwaiter().GetResult();
        if (bytes is null) return null;
        _hash = SHA256.HashData(bytes);
        return new MemoryStream(bytes, writable: false);
    }

    /// <inheritdoc/>
    public void Save(Action<Stream> write)
    {
        var stream = new MemoryStream();
        write(stream);
        byte[] hash = SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length));
        WaitForUpload();
        // A state that is kept already changes nothing, not even the blob's ETag, by which one sees from outside that work goes on.
        if (_hash is { } kept && hash.AsSpan().SequenceEqual(kept)) return;
        _hash = hash;
        stream.Position = 0;
        _upload = Task.Run(() => container.WriteAsync(name, stream));
    }

    /// <summary>Waits until the state that was saved last is in the blob.</summary>
    public Task FlushAsync() => _upload;

    /// <summary>Deletes it: the result is safe.</summary>
    public async Task DeleteAsync(CancellationToken cancellation = default)
    {
        // What is on its way would come back.
        await _upload.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _hash = null;
        await container.DeleteAsync(name, cancellation).ConfigureAwait(false);
    }

    private void WaitForUpload()
    {
        try
        {
            _upload.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            _hash = null;
            failed?.Invoke(e);
        }
    }
}
