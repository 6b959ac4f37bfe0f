namespace PhotoStyle.Pipeline.Jobs;

/// <summary>One version of a blob that a user dropped.</summary>
/// <param name="Container"><c>uploads</c> or <c>styles</c>.</param>
/// <param name="Name">Its name there.</param>
/// <param name="ETag">The version that was there when the job was asked for.</param>
public sealed record BlobReference(string Container, string Name, string ETag)
{
    /// <summary>The last part of the name, for people and for the ending of the result.</summary>
    public string FileName() => Name[(Name.LastIndexOf('/') + 1)..];
}
