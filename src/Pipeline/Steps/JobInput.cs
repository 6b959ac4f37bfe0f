using PhotoStyle.Pipeline.Artifacts;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>A photo or mask as the job takes it: whatever happens to the blob that was dropped, these bytes stay.</summary>
/// <param name="Artifact">The bytes.</param>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="ETag">The version of the blob that was taken.</param>
/// <param name="Length">How many bytes.</param>
public sealed record JobInput(ArtifactReference Artifact, string Name, string ETag, long Length);
