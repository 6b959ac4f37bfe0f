namespace SixLabors.ImageSharp.Formats.Png;

public sealed class PngConfigurationModule : IImageFormatConfigurationModule, IImageFormat
{
    string IImageFormat.Name => "PNG";

    bool IImageFormat.Owns(ReadOnlySpan<byte> head) => head.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
}
