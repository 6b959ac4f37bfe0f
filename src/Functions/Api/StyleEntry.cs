namespace PhotoStyle.Functions.Api;

/// <summary>A style that can be named.</summary>
/// <param name="Name">Its name, as a folder of uploads has it.</param>
/// <param name="Blob">Its blob with the container, for a request.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="ModifiedAt">When it was written.</param>
public sealed record StyleEntry(string Name, string Blob, long Bytes, DateTimeOffset ModifiedAt);
