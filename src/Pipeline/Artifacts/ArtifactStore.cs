using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Artifacts;

/// <summary>
/// Keeps artefacts. Each is written once; who comes second leaves the first one's as it is, since both are the same. Small ones are kept in memory too, so that a step
/// that follows another one in the same process does not fetch what that one has just made.
/// </summary>
/// <param name="container">Where artefacts are.</param>
/// <param name="memory">Most bytes kept in memory; 0 for none.</param>
public sealed class ArtifactStore(IBlobContainer container, long memory = ArtifactStore.DefaultMemory)
{
    /// <summary>Most bytes kept in memory if nothing else is said: enough for what a few jobs at work pass from step to step. What jobs left that are done is of no use.</summary>
    public const long DefaultMemory = 48L << 20;

    private readonly ArtifactMemory _memory = new(memory);
    private readonly WrittenArtifacts _written = new();

    /// <summary>
    /// Whether an artefact may exist that is made of others: not if one of them is new, made by this process and not there before. Who gets false need not ask the storage.
    /// </summary>
    public bool MayExist(ArtifactReference artifact, params ReadOnlySpan<ArtifactReference> madeOf) => _written.MayExist(artifact, madeOf);

    /// <summary>Whether an artefact exists.</summary>
    public async Task<bool> ExistsAsync(ArtifactReference artifact, CancellationToken cancellation) =>
        _memory.Find(artifact.Name) is not null || await container.FindAsync(artifact.Name, cancellation).ConfigureAwait(false) is not null;

    /// <summary>Reads an artefact that may not exist; null if it does not.</summary>
    public async Task<byte[]?> TryReadAsync(ArtifactReference artifact, CancellationToken cancellation)
    {
        if (_memory.Find(artifact.Name) is { } kept) return kept;
        byte[]? bytes = await container.ReadAsync(artifact.Name, cancellation).ConfigureAwait(false);
        if (bytes is not null) _memory.Keep(artifact.Name, bytes);
        return bytes;
    }

    /// <summary>Reads an artefact that a step before made.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.InputMissing"/>: it was deleted since.</exception>
    public async Task<byte[]> ReadAsync(ArtifactReference artifact, CancellationToken cancellation) =>
        await TryReadAsync(artifact, cancellation).ConfigureAwait(false) ?? throw new PhotoStyleException(
            ErrorCode.InputMissing, $"The intermediate result {artifact.Name} was deleted while the job ran: {DropWords.Again}, and keep artefacts for longer than a job takes.");

    /// <summary>Opens an artefact to read parts of it, as a stream that can seek; null if it does not exist.</summary>
    public async Task<Stream?> OpenAsync(ArtifactReference artifact, CancellationToken cancellation) => _memory.Find(artifact.Name) is { } kept
        ? new MemoryStream(kept, writable: false)
        : await container.OpenSeekableAsync(artifact.Name, cancellation: cancellation).ConfigureAwait(false);

    /// <summary>Writes an artefact unless it exists.</summary>
    public async Task WriteAsync(ArtifactReference artifact, byte[] bytes, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        _written.Note(artifact, await container.TryCreateAsync(artifact.Name, stream, cancellation).ConfigureAwait(false));
        _memory.Keep(artifact.Name, bytes);
    }

    /// <summary>Writes an artefact too large for memory unless it exists.</summary>
    public async Task WriteAsync(ArtifactReference artifact, Stream content, CancellationToken cancellation) =>
        _written.Note(artifact, await container.TryCreateAsync(artifact.Name, content, cancellation).ConfigureAwait(false));
}
