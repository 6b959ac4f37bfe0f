namespace SixLabors.ImageSharp.Formats.Tiff;

public sealed class TiffConfigurationModule : IImageFormatConfigurationModule, IImageFormat
{
    string IImageFormat.Name => "TIFF";

    bool IImageFormat.Owns(ReadOnlySpan<byte> head) => head.StartsWith("II"u8) || head.StartsWith("MM"u8);
}
