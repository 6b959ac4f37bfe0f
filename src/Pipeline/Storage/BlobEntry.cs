namespace PhotoStyle.Pipeline.Storage;

/// <summary>What is known of a blob without reading it.</summary>
/// <param name="Name">Its name within the container, with <c>/</c> between folders.</param>
/// <param name="ETag">Changes whenever the blob is written.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">When it was written last.</param>
public sealed record BlobEntry(string Name, string ETag, long Length, DateTimeOffset Modified);
