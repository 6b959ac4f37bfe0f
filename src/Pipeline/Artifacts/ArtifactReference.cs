using System.Text.Json.Serialization;

namespace PhotoStyle.Pipeline.Artifacts;

/// <summary>Names the output of a step: the blob <c>artifacts/&lt;step&gt;/&lt;hash&gt;</c>. What has the same name is the same.</summary>
/// <param name="Step">The step, for example <c>segment</c>.</param>
/// <param name="Hash">SHA-256 of its inputs, options and version, 64 hexadecimal digits.</param>
public sealed record ArtifactReference(string Step, string Hash)
{
    /// <summary>The blob's name in the container of artefacts.</summary>
    [JsonIgnore]
    public string Name => $"{Step}/{Hash}";
}
