using System.Security.Cryptography;
using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>Copies what a job was given to artefacts named by the SHA-256 of the bytes. A blob that this process took before is not read again.</summary>
internal sealed class TakeStep(PipelineStorage storage, ArtifactStore artifacts, TakenBlobs known, ResultTurns turns, ImageLimits limits)
{
    /// <summary>Larger blobs are read twice, first for their hash, instead of being held in memory.</summary>
    private const long MostBytesInMemory = 64L << 20;

    /// <summary>A blob that is replaced again and again just when it is read is not stable enough to be worked on.</summary>
    private const int MostTries = 10;

    public async Task<(JobInputs Inputs, bool Reused)> RunAsync(TransferRequest request, CancellationToken cancellation)
    {
        await turns.TakeAsync(request.Job, request.Id, cancellation).ConfigureAwait(false);
        // Photos may be replaced while a job waits or its host is down: what was taken first stays.
        string name = $"{JobRegistry.FolderOf(request.Id)}/inputs.json";
        if (await storage.Jobs.ReadJsonAsync<JobInputs>(name, cancellation).ConfigureAwait(false) is { } before) return (before, true);
        Task<JobInput?>[] tasks = [.. new[] { request.Content, request.Style, request.ContentMask, request.StyleMask }.Select(blob => TakeAsync(blob, cancellation))];
        JobInput?[] taken = await Task.WhenAll(tasks).ConfigureAwait(false);
        var inputs = new JobInputs(taken[0]!, taken[1]!, taken[2], taken[3]);
        if (await storage.Jobs.TryCreateJsonAsync(name, inputs, cancellation).ConfigureAwait(false)) return (inputs, false);
        return ((await storage.Jobs.ReadJsonAsync<JobInputs>(name, cancellation).ConfigureAwait(false))!, true);
    }

    private async Task<JobInput?> TakeAsync(BlobReference? blob, CancellationToken cancellation)
    {
        if (blob is null) return null;
        IBlobContainer source = storage.Source(blob.Container);
        for (int tries = 0; tries < MostTries; tries++)
        {
            BlobEntry entry = await source.FindAsync(BlobName.Require(blob.Name), cancellation).ConfigureAwait(false) ?? throw new PhotoStyleException(
                ErrorCode.InputMissing, $"{blob.Container}/{blob.Name} was deleted before the job began: put it back, then {DropWords.Again}.");
            CheckLength(entry, blob.FileName());
            if (await TakeAsync(source, entry, cancellation).ConfigureAwait(false) is { } artifact) return new JobInput(artifact, blob.FileName(), entry.ETag, entry.Length);
            // Replaced since: take the new one.
        }
        throw new PhotoStyleException(ErrorCode.InputMissing, $"{blob.Container}/{blob.Name} changes all the time: drop it once it is whole.");
    }

    private void CheckLength(BlobEntry entry, string name)
    {
        if (entry.Length == 0) throw new PhotoStyleException(ErrorCode.ImageTruncated, $"{name} is empty: copy or save it anew.");
        if (entry.Length > limits.MaxFileBytes)
        {
            throw new PhotoStyleException(
                ErrorCode.ImageTooLarge, $"{name} has {entry.Length:N0} bytes where at most {limits.MaxFileBytes:N0} are allowed: use a smaller picture or raise the limit.");
        }
    }

    /// <returns>The artefact; null if the blob has changed since.</returns>
    private async Task<ArtifactReference?> TakeAsync(IBlobContainer source, BlobEntry entry, CancellationToken cancellation)
    {
        // Two hundred jobs with one style read it once.
        if (known.Find(source.Name, entry) is { } before && await artifacts.ExistsAsync(before, cancellation).ConfigureAwait(false)) return before;
        ArtifactReference? artifact = entry.Length <= MostBytesInMemory
            ? await CopyInMemoryAsync(source, entry, cancellation).ConfigureAwait(false)
            : await CopyInStreamAsync(source, entry, cancellation).ConfigureAwait(false);
        if (artifact is not null) known.Keep(source.Name, entry, artifact);
        return artifact;
    }

    private async Task<ArtifactReference?> CopyInMemoryAsync(IBlobContainer source, BlobEntry entry, CancellationToken cancellation)
    {
        await using Stream? stream = await source.OpenAsync(entry.Name, entry.ETag, cancellation).ConfigureAwait(false);
        if (stream is null) return null;
        var bytes = new byte[entry.Length];
        await stream.ReadExactlyAsync(bytes, cancellation).ConfigureAwait(false);
        var artifact = new ArtifactReference("input", Convert.ToHexStringLower(SHA256.HashData(bytes)));
        await artifacts.WriteAsync(artifact, bytes, cancellation).ConfigureAwait(false);
        return artifact;
    }

    private async Task<ArtifactReference?> CopyInStreamAsync(IBlobContainer source, BlobEntry entry, CancellationToken cancellation)
    {
        ArtifactReference artifact;
        await using (Stream? stream = await source.OpenAsync(entry.Name, entry.ETag, cancellation).ConfigureAwait(false))
        {
            if (stream is null) return null;
            artifact = new ArtifactReference("input", Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false)));
        }
        await using (Stream? stream = await source.OpenAsync(entry.Name, entry.ETag, cancellation).ConfigureAwait(false))
        {
            if (stream is null) return null;
            await artifacts.WriteAsync(artifact, stream, cancellation).ConfigureAwait(false);
        }
        return artifact;
    }
}
