namespace PhotoStyle.Imaging;

/// <summary>What a picture may claim in its header before any pixel is decoded: a guard against decompression bombs and damaged headers.</summary>
public sealed record ImageLimits
{
    /// <summary>The limits that apply where none are given: 200 megapixels, 2 GiB, sides of 65 535 pixels, 50 : 1.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>Most pixels, width × height.</summary>
    public long MaxPixels { get; init; } = 200_000_000;

    /// <summary>Most bytes of the file.</summary>
    public long MaxFileBytes { get; init; } = 2L << 30;

    /// <summary>Longest side in pixels.</summary>
    public int MaxSide { get; init; } = 65_535;

    /// <summary>Longest side divided by the shortest.</summary>
    public double MaxAspectRatio { get; init; } = 50;

    /// <summary>Refuses a file of too many bytes.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.ImageTooLarge"/>.</exception>
    public void CheckFileBytes(long bytes, string name)
    {
        if (bytes > MaxFileBytes)
        {
            throw new PhotoStyleException(
                ErrorCode.ImageTooLarge,
                $"{name} has {bytes:N0} bytes where at most {MaxFileBytes:N0} are allowed: use a smaller picture or raise the limit.");
        }
    }

    /// <summary>Refuses a picture whose header claims a size that is too large, or that no photo has.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.ImageTooLarge"/>, or <see cref="ErrorCode.ImageTruncated"/> for a size of nothing.</exception>
    public void CheckSize(long width, long height, string name)
    {
        if (width < 1 || height < 1)
            throw new PhotoStyleException(ErrorCode.ImageTruncated, $"{name} claims a size of {width}×{height} pixels and is damaged: save it anew.");
        if (width > MaxSide || height > MaxSide || width * height > MaxPixels)
        {
            throw new PhotoStyleException(
                ErrorCode.ImageTooLarge,
                $"{name} has {width}×{height} pixels where at most {MaxPixels:N0} and sides of {MaxSide} are allowed: use a smaller picture or raise the limit.");
        }

        if (Math.Max(width, height) > MaxAspectRatio * Math.Min(width, height))
        {
            throw new PhotoStyleException(
                ErrorCode.ImageTooLarge,
                $"{name} has {width}×{height} pixels, more than {MaxAspectRatio} : 1: crop it to the shape of a photo.");
        }
    }
}
