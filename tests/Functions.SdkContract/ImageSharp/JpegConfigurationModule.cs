namespace SixLabors.ImageSharp.Formats.Jpeg;

public sealed class JpegConfigurationModule : IImageFormatConfigurationModule, IImageFormat
{
    string IImageFormat.Name => "JPEG";

    bool IImageFormat.Owns(ReadOnlySpan<byte> head) => head.StartsWith<byte>([0xFF, 0xD8, 0xFF]);
}
