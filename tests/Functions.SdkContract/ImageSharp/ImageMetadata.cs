using SixLabors.ImageSharp.Formats;

namespace SixLabors.ImageSharp.Metadata;

public sealed class ImageMetadata
{
    internal ImageMetadata(IImageFormat format) => DecodedImageFormat = format;

    public IImageFormat? DecodedImageFormat { get; }
}
