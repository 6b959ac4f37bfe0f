namespace SixLabors.ImageSharp.Metadata;

public sealed class ImageFrameMetadata;
