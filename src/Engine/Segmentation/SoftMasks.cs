using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>Class masks that are shares: K×H×W, in [0, 1], sum 1 in every pixel, and exactly 0 or 1 in most.</summary>
public static class SoftMasks
{
    /// <summary>Shares below this become zero. Seen on photos: at 0.05 a fog of the other class stays around roofs and trees against the sky.</summary>
    public const float DefaultCut = 0.2f;

    // In shares of the long side, 8 pixels at 384: smaller windows keep the errors of a coarse mask, larger ones carry a class to things of like colour.
    private const double Radius = 1 / 48.0;

    // A squared step of 2.5 of 255: below it lies noise, and masks begin to show speckles.
    private const double Epsilon = 1e-4;

    /// <summary>Lets class borders follow the edges of the photo. Kept as coefficients, so that the same borders can be had at full resolution.</summary>
    /// <remarks>The guide is the colour photo: with luma alone, light roofs against a light sky are lost.</remarks>
    /// <param name="classes">H·W class indices below <paramref name="count"/>.</param>
    /// <param name="count">Number of classes, K.</param>
    /// <param name="photo">3×H×W, sRGB-encoded, in [0, 1].</param>
    public static GuidedFilterCoefficients Fit(ReadOnlySpan<byte> classes, int count, FloatImage photo)
    {
        int radius = Math.Max(1, (int)Math.Round(Radius * Math.Max(photo.Width, photo.Height)));
        return GuidedFilterCoefficients.Fit(photo, OneHot(classes, photo.Height, photo.Width, count), radius, Epsilon);
    }

    /// <summary>The masks that coefficients give for a photo of their size.</summary>
    /// <param name="coefficients">From <see cref="Fit"/>, perhaps enlarged.</param>
    /// <param name="photo">3×H×W, sRGB-encoded, in [0, 1].</param>
    /// <returns>K×H×W.</returns>
    public static FloatImage Of(GuidedFilterCoefficients coefficients, FloatImage photo)
    {
        FloatImage masks = coefficients.Apply(photo);
        Normalise(masks);
        return masks;
    }

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
        Parallel.For(0, masks.Height, y =>
        {
            double[] one = [.. Enumerable.Repeat(1.0, masks.Width)];
            double[] sums = Shift(masks, y, one, new double[masks.Width]);
            double[] lowered = Shift(masks, y, sums, Offsets(masks, y, sums, cut));
            Shift(masks, y, lowered, new double[masks.Width]);
        });
    }

    /// <summary>The cut of each pixel: never more than half of its largest share, so that every pixel keeps a class, however many there are.</summary>
    private static double[] Offsets(FloatImage masks, int y, double[] sums, float cut)
    {
        var offsets = new double[sums.Length];
        for (int k = 0; k < masks.Channels; k++)
        {
            ReadOnlySpan<float> row = masks.Row(k, y);
            for (int x = 0; x < row.Length; x++)
                offsets[x] = Math.Min(cut, Math.Max(offsets[x], row[x] / sums[x] / 2));
        }
        return offsets;
    }

    /// <summary>Divides one row of all masks by the sums before, lowers and clamps it, and returns the new sums.</summary>
    private static double[] Shift(FloatImage masks, int y, double[] before, double[] offsets)
    {
        var sums = new double[before.Length];
        for (int k = 0; k < masks.Channels; k++)
        {
            Span<float> row = masks.Row(k, y);
            for (int x = 0; x < row.Length; x++)
            {
                // A division, not a reciprocal: what is divided by itself must be exactly one.
                row[x] = (float)Math.Clamp(row[x] / before[x] - offsets[x], 0, 1);
                sums[x] += row[x];
            }
        }
        return sums;
    }
}
