namespace PhotoStyle.Imaging;

/// <summary>How photos are encoded.</summary>
public sealed record PhotoWriteOptions
{
    /// <summary>The options that apply where none are given.</summary>
    public static PhotoWriteOptions Default { get; } = new();

    /// <summary>Quality of JPEG, WebP and AVIF, 1 to 100.</summary>
    public int Quality { get; init; } = 95;

    /// <summary>Whether JPEG and AVIF store colour at half the resolution (4:2:0): smaller files, softer colour borders.</summary>
    public bool SubsampleChroma { get; init; }

    /// <summary>Effort of PNG, 0 (none) to 9 (smallest, slow). The pixels are the same.</summary>
    public int PngCompression { get; init; } = 3;

    internal void Validate()
    {
        if (Quality is < 1 or > 100)
            throw new PhotoStyleException(ErrorCode.OptionInvalid, $"Quality is {Quality}: give a number from 1 to 100.");
        if (PngCompression is < 0 or > 9)
            throw new PhotoStyleException(ErrorCode.OptionInvalid, $"PNG compression is {PngCompression}: give a number from 0 to 9.");
    }
}
