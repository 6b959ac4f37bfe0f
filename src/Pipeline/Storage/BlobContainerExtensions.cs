using System.Diagnostics;
using System.Text.Json;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Storage;

/// <summary>Whole blobs as bytes and as JSON.</summary>
public static class BlobContainerExtensions
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3), s_look = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads a whole blob; null if there is none.</summary>
    public static async Task<byte[]?> ReadAsync(this IBlobContainer container, string name, CancellationToken cancellation = default)
    {
        await using Stream? stream = await container.OpenAsync(name, cancellation: cancellation).ConfigureAwait(false);
        if (stream is null) return null;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellation).ConfigureAwait(false);
        return bytes.ToArray();
    }

    /// <summary>Reads a small blob of JSON; null if there is none.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static async Task<T?> ReadJsonAsync<T>(this IBlobContainer container, string name, CancellationToken cancellation = default)
        where T : class
    {
        await using Stream? stream = await container.OpenAsync(name, cancellation: cancellation).ConfigureAwait(false);
        return stream is null ? null : await JsonSerializer.DeserializeAsync<T>(stream, PipelineJson.Options, cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes JSON that must not exist yet.</summary>
    /// <returns>Whether it was written.</returns>
    public static Task<bool> TryCreateJsonAsync<T>(this IBlobContainer container, string name, T value, CancellationToken cancellation = default) =>
        container.TryCreateAsync(name, Json(value), cancellation);

    /// <summary>Writes JSON, in place of what may be there.</summary>
    public static Task WriteJsonAsync<T>(this IBlobContainer container, string name, T value, CancellationToken cancellation = default) =>
        container.WriteAsync(name, Json(value), cancellation);

    /// <summary>Takes a name as soon as whoever has it lets go of it.</summary>
    /// <returns>To be disposed to let go of it.</returns>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.StorageUnavailable"/>: that takes minutes, which no write does.</exception>
    public static async Task<IAsyncDisposable> HoldAsync(this IBlobContainer container, string name, CancellationToken cancellation = default)
    {
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < s_patience; await Task.Delay(s_look, cancellation).ConfigureAwait(false))
        {
            if (await container.TryHoldAsync(name, cancellation).ConfigureAwait(false) is { } hold) return hold;
        }
        throw new PhotoStyleException(ErrorCode.StorageUnavailable, $"Another process does not let go of {container.Name}/{name}: see whether it still runs.");
    }

    private static MemoryStream Json<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, PipelineJson.Indented), writable: false);
}
