using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>Class masks that are shares: K×H×W, in [0, 1], sum 1 in every pixel, and exactly 0 or 1 in most.</summary>
public static class SoftMasks
{
    /// <summary>Shares below this become zero. Seen on photos: at 0.05 a fog of the other class stays around roofs and trees against the sky.</summary>
    public const float DefaultCut = 0.2f;

    // In shares of the long side, 8 pixels at 384: smaller windows keep the errors of a coarse mask, larger ones carry a class to things of like colour.
    private const double Radius = 1 / 48.0;

    // Pixels that are normalised together, so that their sums stay in the cache.
    private const int Run = 256;

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
    /// <param name="classes">H·W class indices; a pixel whose index is not below <paramref name="count"/> belongs to no class.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="count">Number of classes, K.</param>
    /// <returns>K×H×W.</returns>
    public static FloatImage OneHot(ReadOnlySpan<byte> classes, int height, int width, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(classes.Length, height * width);
        var masks = new FloatImage(count, height, width);
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] < count)
                masks.Plane(classes[i])[i] = 1;
        }

        return masks;
    }

    /// <summary>Makes shares of what a guided filter left, in place: clamps, subtracts the cut, clamps again and divides by the sum.</summary>
    /// <remarks>Subtracting the cut instead of dropping what is below it keeps the masks continuous: no step shows at the rim of a soft border.</remarks>
    /// <param name="masks">K×H×W, K at least 1.</param>
    /// <param name="cut">
    /// Shares up to this become 0, and the share of a class that alone remains becomes 1. In a pixel of many classes it is lowered to half
    /// of the largest share, so that every pixel keeps a class.
    /// </param>
    public static void Normalise(FloatImage masks, float cut = DefaultCut)
    {
        Parallel.For(0, masks.Height, y => NormaliseRow(masks, y, cut));
    }

    /// <summary><see cref="Normalise"/> for one row.</summary>
    internal static void NormaliseRow(FloatImage masks, int y, float cut = DefaultCut)
    {
        Span<double> sums = stackalloc double[Run];
        Span<float> offsets = stackalloc float[Run];
        for (int x = 0; x < masks.Width; x += Run)
        {
            int count = Math.Min(Run, masks.Width - x);
            sums.Clear();
            offsets.Clear();
            for (int k = 0; k < masks.Channels; k++)
                Clamp(masks.Row(k, y).Slice(x, count), sums, offsets);

            for (int i = 0; i < count; i++)
                offsets[i] = (float)Math.Min(cut * sums[i], offsets[i] / 2);

            sums.Clear();
            for (int k = 0; k < masks.Channels; k++)
                Lower(masks.Row(k, y).Slice(x, count), offsets, sums);
            for (int k = 0; k < masks.Channels; k++)
                Divide(masks.Row(k, y).Slice(x, count), sums);
        }
    }

    private static void Clamp(Span<float> row, Span<double> sums, Span<float> peaks)
    {
        for (int x = 0; x < row.Length; x++)
        {
            float value = Math.Clamp(row[x], 0, 1);
            row[x] = value;
            sums[x] += value;
            peaks[x] = Math.Max(peaks[x], value);
        }
    }

    private static void Lower(Span<float> row, ReadOnlySpan<float> offsets, Span<double> sums)
    {
        for (int x = 0; x < row.Length; x++)
        {
            row[x] = Math.Max(0, row[x] - offsets[x]);
            sums[x] += row[x];
        }
    }

    private static void Divide(Span<float> row, ReadOnlySpan<double> sums)
    {
        // Not a product with the reciprocal: what is divided by itself must be exactly one.
        for (int x = 0; x < row.Length; x++)
            row[x] = (float)(row[x] / sums[x]);
    }
}
