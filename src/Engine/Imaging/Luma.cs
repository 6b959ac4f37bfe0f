namespace PhotoStyle.Imaging;

/// <summary>The one notion of brightness that guides, grids and figures share.</summary>
public static class Luma
{
    /// <summary>Weight of red (Rec. 709).</summary>
    public const float Red = 0.2126f;

    /// <summary>Weight of green (Rec. 709).</summary>
    public const float Green = 0.7152f;

    /// <summary>Weight of blue (Rec. 709).</summary>
    public const float Blue = 0.0722f;

    /// <summary>Luma Y' of every pixel: the Rec. 709 weights on the sRGB-encoded values, not on linear light.</summary>
    /// <param name="image">3×H×W, sRGB-encoded.</param>
    /// <returns>1×H×W, in the units of the input.</returns>
    public static FloatImage Of(FloatImage image)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(image.Channels, 3);
        var luma = new FloatImage(1, image.Height, image.Width);
        Parallel.For(0, image.Height, y => Of(image.Row(0, y), image.Row(1, y), image.Row(2, y), luma.Row(0, y)));
        return luma;
    }

    /// <summary>Luma Y' of some pixels.</summary>
    internal static void Of(ReadOnlySpan<float> red, ReadOnlySpan<float> green, ReadOnlySpan<float> blue, Span<float> luma)
    {
        for (int i = 0; i < luma.Length; i++)
            luma[i] = Red * red[i] + Green * green[i] + Blue * blue[i];
    }
}
