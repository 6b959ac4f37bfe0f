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
    /// <param name="cut">Shares up to this become 0, and the share of a class that alone remains becomes 1.</param>
    public static void Normalise(FloatImage masks, float cut = DefaultCut)
    {
        Parallel.For(0, masks.Height, y => NormaliseRow(masks, y, cut));
    }

    /// <summary><see cref="Normalise"/> for one row.</summary>
    internal static void NormaliseRow(FloatImage masks, int y, float cut = DefaultCut)
    {
        Span<double> sums = stackalloc double[Run], offsets = stackalloc double[Run], lowered = stackalloc double[Run];
        for (int x = 0; x < masks.Width; x += Run)
        {
            int count = Math.Min(Run, masks.Width - x);
            sums.Fill(1);
            offsets.Clear();
            Shift(masks, y, x, sums[..count], offsets, lowered);
            SetOffsets(masks, y, x, lowered[..count], cut, offsets);
            Shift(masks, y, x, lowered[..count], offsets, sums);
            offsets.Clear();
            Shift(masks, y, x, sums[..count], offsets, lowered);
        }
    }

    /// <summary>The cut of each pixel: never more than half of its largest share, so that every pixel keeps a class, however many there are.</summary>
    private static void SetOffsets(FloatImage masks, int y, int x, ReadOnlySpan<double> sums, float cut, Span<double> offsets)
    {
        for (int k = 0; k < masks.Channels; k++)
        {
            ReadOnlySpan<float> shares = masks.Row(k, y).Slice(x, sums.Length);
            for (int i = 0; i < shares.Length; i++)
                offsets[i] = Math.Min(cut, Math.Max(offsets[i], shares[i] / sums[i] / 2));
        }
    }

    /// <summary>Divides a run of pixels of all masks by the sums before, lowers and clamps them, and writes the new sums.</summary>
    private static void Shift(FloatImage masks, int y, int x, ReadOnlySpan<double> before, ReadOnlySpan<double> offsets, Span<double> after)
    {
        after.Clear();
        for (int k = 0; k < masks.Channels; k++)
        {
            Span<float> shares = masks.Row(k, y).Slice(x, before.Length);
            for (int i = 0; i < shares.Length; i++)
            {
                // A division, not a reciprocal: what is divided by itself must be exactly one.
                shares[i] = (float)Math.Clamp(shares[i] / before[i] - offsets[i], 0, 1);
                after[i] += shares[i];
            }
        }
    }
}
