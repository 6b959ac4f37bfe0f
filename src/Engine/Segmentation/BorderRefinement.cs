using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>Moves the borders of classes to the edges of the photo.</summary>
internal static class BorderRefinement
{
    /// <summary>Filters one plane a class with the photo as guide and takes the largest.</summary>
    /// <param name="labels">H·W labels below <paramref name="count"/>.</param>
    /// <param name="count">Number of classes, K.</param>
    /// <param name="photo">3×H×W, sRGB-encoded.</param>
    /// <returns>H·W labels.</returns>
    public static byte[] Of(byte[] labels, int count, FloatImage photo) =>
        count == 1 ? labels : Largest(SoftMasks.Of(SoftMasks.Fit(labels, count, photo), photo));

    /// <summary>The plane with the largest value at each pixel, the first of equals.</summary>
    /// <param name="planes">K×H×W.</param>
    public static byte[] Largest(FloatImage planes)
    {
        var labels = new byte[planes.PixelCount];
        Parallel.For(0, planes.Height, y =>
        {
            Span<byte> row = labels.AsSpan(y * planes.Width, planes.Width);
            for (int k = 1; k < planes.Channels; k++)
            {
                ReadOnlySpan<float> values = planes.Row(k, y);
                for (int x = 0; x < row.Length; x++)
                {
                    if (values[x] > planes.Row(row[x], y)[x]) row[x] = (byte)k;
                }
            }
        });
        return labels;
    }
}
