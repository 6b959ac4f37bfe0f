using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>Class masks that are shares: K×H×W, in [0, 1], sum 1 in every pixel, and exactly 0 or 1 in most.</summary>
public static class SoftMasks
{
    /// <summary>Shares below this are cut to zero, so that a solver can skip the class in the pixel.</summary>
    public const float DefaultCut = 0.05f;

    /// <summary>One plane per class: 1 where a pixel belongs to it, else 0.</summary>
    /// <param name="classes">H·W class indices below <paramref name="count"/>.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="count">Number of classes, K.</param>
    /// <returns>K×H×W.</returns>
    public static FloatImage OneHot(ReadOnlySpan<byte> classes, int height, int width, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(classes.Length, height * width);
        var masks = new FloatImage(count, height, width);
        for (int i = 0; i < classes.Length; i++)
            masks.Plane(classes[i])[i] = 1;
        return masks;
    }

    /// <summary>Makes shares of what a guided filter left, in place: clamps, subtracts the cut, clamps again and divides by the sum.</summary>
    /// <remarks>Subtracting the cut instead of dropping what is below it keeps the masks continuous: no step shows at the rim of a soft border.</remarks>
    /// <param name="masks">K×H×W, K at least 1.</param>
    /// <param name="cut">Shares up to this become 0, and the share of a class that alone remains becomes 1.</param>
    public static void Normalise(FloatImage masks, float cut = DefaultCut)
    {
        // The largest of K shares is at least 1/K: a cut below that leaves every pixel a class.
        float offset = Math.Min(cut, 0.5f / masks.Channels);
        Parallel.For(0, masks.Height, y =>
        {
            var scale = new float[masks.Width];
            scale.AsSpan().Fill(1);
            scale = Shift(masks, y, scale, 0);
            scale = Shift(masks, y, scale, offset);
            Shift(masks, y, scale, 0);
        });
    }

    /// <summary>Scales, lowers and clamps one row of all masks, and returns the reciprocals of the new sums.</summary>
    private static float[] Shift(FloatImage masks, int y, float[] scale, float offset)
    {
        var sums = new float[scale.Length];
        for (int k = 0; k < masks.Channels; k++)
        {
            Span<float> row = masks.Row(k, y);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = Math.Clamp(row[x] * scale[x] - offset, 0, 1);
                sums[x] += row[x];
            }
        }
        for (int x = 0; x < sums.Length; x++)
            sums[x] = 1 / sums[x];
        return sums;
    }
}
