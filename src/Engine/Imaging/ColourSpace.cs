using System.Numerics;

namespace PhotoStyle.Imaging;

/// <summary>Conversions between colour spaces.</summary>
public static class ColourSpace
{
    // sRGB primaries to XYZ (IEC 61966-2-1), each row divided by its sum, which is the D65 white: white is exactly (1, 1, 1).
    private static readonly float[] _toXyz = Normalised(
        0.4124564, 0.3575761, 0.1804375,
        0.2126729, 0.7151522, 0.0721750,
        0.0193339, 0.1191920, 0.9503041);

    /// <summary>Converts to CIE 1976 L*a*b* for the white D65 (CIE 15; sRGB curve of IEC 61966-2-1).</summary>
    /// <param name="image">3×H×W, sRGB-encoded; values outside [0, 1] are no colours of a photo and are clamped.</param>
    /// <returns>3×H×W: L* in [0, 100], a* and b* about in [−110, 110].</returns>
    public static FloatImage ToLab(FloatImage image)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(image.Channels, 3);
        var lab = new FloatImage(3, image.Height, image.Width);
        Parallel.For(0, image.Height, y =>
        {
            for (int x = 0; x < image.Width; x += Vector<float>.Count)
            {
                Vector<float> r = Linear(Load(image.Row(0, y)[x..]));
                Vector<float> g = Linear(Load(image.Row(1, y)[x..]));
                Vector<float> b = Linear(Load(image.Row(2, y)[x..]));
                Vector<float> fx = Lightness(_toXyz[0] * r + _toXyz[1] * g + _toXyz[2] * b);
                Vector<float> fy = Lightness(_toXyz[3] * r + _toXyz[4] * g + _toXyz[5] * b);
                Vector<float> fz = Lightness(_toXyz[6] * r + _toXyz[7] * g + _toXyz[8] * b);
                Store(116f * fy - new Vector<float>(16f), lab.Row(0, y)[x..]);
                Store(500f * (fx - fy), lab.Row(1, y)[x..]);
                Store(200f * (fy - fz), lab.Row(2, y)[x..]);
            }
        });
        return lab;
    }

    private static Vector<float> Linear(Vector<float> encoded)
    {
        encoded = Vector.Min(Vector.Max(encoded, Vector<float>.Zero), Vector<float>.One);
        Vector<float> power = Vector.Exp(2.4f * Vector.Log((encoded + new Vector<float>(0.055f)) * (1 / 1.055f)));
        return Vector.ConditionalSelect(Vector.LessThanOrEqual(encoded, new Vector<float>(0.04045f)), encoded * (1 / 12.92f), power);
    }

    private static Vector<float> Lightness(Vector<float> t)
    {
        const float delta = 6f / 29f;
        Vector<float> line = t * (1 / (3 * delta * delta)) + new Vector<float>(4f / 29f);
        Vector<float> cubeRoot = Vector.Exp(Vector.Log(t) * (1 / 3f));
        return Vector.ConditionalSelect(Vector.LessThanOrEqual(t, new Vector<float>(delta * delta * delta)), line, cubeRoot);
    }

    private static Vector<float> Load(ReadOnlySpan<float> row)
    {
        if (row.Length >= Vector<float>.Count)
            return new Vector<float>(row);
        Span<float> padded = stackalloc float[Vector<float>.Count];
        padded.Clear();
        row.CopyTo(padded);
        return new Vector<float>(padded);
    }

    private static void Store(Vector<float> values, Span<float> row)
    {
        if (row.Length >= Vector<float>.Count)
        {
            values.CopyTo(row);
            return;
        }
        for (int x = 0; x < row.Length; x++)
            row[x] = values[x];
    }

    private static float[] Normalised(params double[] rows)
    {
        var result = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int row = i / 3 * 3;
            result[i] = (float)(rows[i] / (rows[row] + rows[row + 1] + rows[row + 2]));
        }
        return result;
    }
}
