namespace SixLabors.ImageSharp.Formats;

public sealed class DecoderOptions
{
    public Configuration Configuration { get; init; } = new();

    public bool SkipMetadata { get; init; }

    public uint MaxFrames { get; init; } = int.MaxValue;
}
