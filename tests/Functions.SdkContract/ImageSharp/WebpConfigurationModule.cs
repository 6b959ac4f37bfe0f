namespace SixLabors.ImageSharp.Formats.Webp;

public sealed class WebpConfigurationModule : IImageFormatConfigurationModule, IImageFormat
{
    string IImageFormat.Name => "Webp";

    bool IImageFormat.Owns(ReadOnlySpan<byte> head) => head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8);
}
