using PhotoStyle.Optimization;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Artifacts;

/// <summary>Keeps a solver's checkpoint in a blob.</summary>
/// <remarks>The solver waits while the blob is written: its thread has nothing else to do that would not change the state.</remarks>
/// <param name="container">The container of checkpoints.</param>
/// <param name="name">The blob, named by the hash of the grade that is to be.</param>
public sealed class BlobCheckpoint(IBlobContainer container, string name) : ICheckpointStorage
{
    /// <inheritdoc/>
    public string Name => $"{container.Name}/{name}";

    /// <inheritdoc/>
    public Stream? Open() => container.ReadAsync(name).GetAwaiter().GetResult() is { } bytes ? new MemoryStream(bytes, writable: false) : null;

    /// <inheritdoc/>
    public void Save(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        stream.Position = 0;
        container.WriteAsync(name, stream).GetAwaiter().GetResult();
    }

    /// <summary>Deletes it: the result is safe.</summary>
    public Task DeleteAsync(CancellationToken cancellation = default) => container.DeleteAsync(name, cancellation);
}
