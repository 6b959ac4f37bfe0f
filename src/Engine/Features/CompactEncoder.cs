namespace PhotoStyle.Features;

/// <summary>The trained encoder that comes with the engine.</summary>
internal static class CompactEncoder
{
    /// <summary>The file of its weights.</summary>
    public const string ResourceName = "compact-encoder.safetensors";
}
