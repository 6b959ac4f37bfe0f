using System.Numerics;
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
        int wide = Vector<float>.Count;
        int x = 0;
        for (; x <= masks.Width - wide; x += wide) NormaliseWide(masks, y, x, cut);
        for (; x < masks.Width; x++)
        {
            float sum = 0, peak = 0;
            for (int k = 0; k < masks.Channels; k++)
            {
                float share = Math.Clamp(masks.Row(k, y)[x], 0, 1);
                sum += share;
                peak = Math.Max(peak, share);
            }
            float offset = Offset(cut, sum, peak), left = 0;
            for (int k = 0; k < masks.Channels; k++) left += Lower(masks.Row(k, y)[x], offset);
            // A division, not a product with the reciprocal: what is divided by itself must be exactly one.
            for (int k = 0; k < masks.Channels; k++) masks.Row(k, y)[x] = Lower(masks.Row(k, y)[x], offset) / left;
        }
    }

    private static float Offset(float cut, float sum, float peak) => Math.Min(cut * sum, peak / 2);

    private static float Lower(float share, float offset) => Math.Max(0, Math.Clamp(share, 0, 1) - offset);

    /// <summary>The same for as many pixels at once as the machine's vectors hold.</summary>
    private static void NormaliseWide(FloatImage masks, int y, int x, float cut)
    {
        Vector<float> sum = Vector<float>.Zero, peak = Vector<float>.Zero, left = Vector<float>.Zero;
        for (int k = 0; k < masks.Channels; k++)
        {
            Vector<float> share = Vector.Clamp(new Vector<float>(masks.Row(k, y)[x..]), Vector<float>.Zero, Vector<float>.One);
            sum += share;
            peak = Vector.Max(peak, share);
        }
        Vector<float> offset = Vector.Min(sum * cut, peak * 0.5f);
        for (int k = 0; k < masks.Channels; k++)
        {
            Span<float> shares = masks.Row(k, y)[x..];
            Vector<float> lowered = Vector.Max(Vector<float>.Zero, Vector.Clamp(new Vector<float>(shares), Vector<float>.Zero, Vector<float>.One) - offset);
            lowered.CopyTo(shares);
            left += lowered;
        }
        for (int k = 0; k < masks.Channels; k++)
        {
            Span<float> shares = masks.Row(k, y)[x..];
            (new Vector<float>(shares) / left).CopyTo(shares);
        }
    }
}
