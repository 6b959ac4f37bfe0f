using System.Security.Cryptography;
using System.Text.Json;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Artifacts;

/// <summary>Makes the names of artefacts.</summary>
public static class ArtifactKey
{
    /// <summary>The artefact that a step makes of certain inputs.</summary>
    /// <param name="step">The step.</param>
    /// <param name="version">Raised whenever the step makes something else of the same inputs.</param>
    /// <param name="inputs">All that the output depends on: references to artefacts, options.</param>
    public static ArtifactReference Of<T>(string step, int version, T inputs)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new { step, version, inputs }, PipelineJson.Options);
        return new ArtifactReference(step, Convert.ToHexStringLower(SHA256.HashData(json)));
    }
}
