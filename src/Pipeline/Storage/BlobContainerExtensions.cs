using System.Text.Json;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Storage;

/// <summary>Whole blobs as bytes and as JSON.</summary>
public static class BlobContainerExtensions
{
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

    private static MemoryStream Json<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, PipelineJson.Indented), writable: false);
}
