using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Metadata;

namespace SixLabors.ImageSharp;

public class ImageInfo
{
    internal ImageInfo(int width, int height, IImageFormat format, int frames)
    {
        Width = width;
        Height = height;
        Metadata = new ImageMetadata(format);
        FrameMetadataCollection = [.. Enumerable.Range(0, frames).Select(_ => new ImageFrameMetadata())];
    }

    public int Width { get; }

    public int Height { get; }

    public ImageMetadata Metadata { get; }

    public IReadOnlyList<ImageFrameMetadata> FrameMetadataCollection { get; }
}
