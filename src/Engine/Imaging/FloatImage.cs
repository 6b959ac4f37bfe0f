namespace PhotoStyle.Imaging;

/// <summary>A planar image of 32-bit floats, laid out channel by channel, row by row (C×H×W).</summary>
/// <remarks>Colour images have three channels, sRGB-encoded, R G B, nominally in [0, 1].</remarks>
public sealed class FloatImage
{
    /// <summary>Wraps existing values without a copy.</summary>
    /// <param name="channels">Number of planes, at least 1.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="data">C·H·W values.</param>
    public FloatImage(int channels, int height, int width, float[] data)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(data.Length, checked(channels * height * width));
        (Channels, Height, Width, Data) = (channels, height, width, data);
    }

    /// <summary>Makes an image of zeros.</summary>
    /// <param name="channels">Number of planes, at least 1.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public FloatImage(int channels, int height, int width)
        : this(channels, height, width, new float[checked(channels * height * width)])
    {
    }

    /// <summary>Number of planes.</summary>
    public int Channels { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Pixels of one plane, H·W.</summary>
    public int PixelCount => Height * Width;

    /// <summary>All values, C×H×W.</summary>
    public float[] Data { get; }

    /// <summary>The H·W values of one channel.</summary>
    public Span<float> Plane(int channel) => Data.AsSpan(channel * PixelCount, PixelCount);

    /// <summary>The W values of one row of one channel.</summary>
    public Span<float> Row(int channel, int y) => Data.AsSpan(channel * PixelCount + y * Width, Width);
}
