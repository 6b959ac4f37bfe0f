namespace PhotoStyle.Imaging;

/// <summary>Single colours in CIE L*a*b* divided by 100, with the slopes that carry gradients back to sRGB-encoded values. The formulas are those of <see cref="ColourSpace.ToLab"/>.</summary>
internal static class LabSlopes
{
    private const double Delta = 6.0 / 29;

    // sRGB primaries to XYZ (IEC 61966-2-1), each row divided by its sum, the white D65.
    private static readonly double[] ToXyz = Normalised(
        0.4124564, 0.3575761, 0.1804375,
        0.2126729, 0.7151522, 0.0721750,
        0.0193339, 0.1191920, 0.9503041);

    /// <summary>Converts a colour.</summary>
    /// <param name="rgb">3 values, sRGB-encoded; clamped to [0, 1].</param>
    /// <param name="lab">Receives L*/100, a*/100, b*/100.</param>
    /// <param name="slopes">Receives the 3×3 derivatives of <paramref name="lab"/> by <paramref name="rgb"/>, row by row; zero for a channel outside of [0, 1].</param>
    public static void Convert(ReadOnlySpan<float> rgb, Span<float> lab, Span<float> slopes)
    {
        Span<double> linear = stackalloc double[3], linearSlope = stackalloc double[3], f = stackalloc double[3], fSlope = stackalloc double[3];
        for (int c = 0; c < 3; c++)
        {
            double v = Math.Clamp(rgb[c], 0f, 1f);
            bool curved = v > 0.04045;
            linear[c] = curved ? Math.Pow((v + 0.055) / 1.055, 2.4) : v / 12.92;
            linearSlope[c] = rgb[c] is < 0 or > 1 ? 0 : curved ? 2.4 * linear[c] / (v + 0.055) : 1 / 12.92;
        }
        for (int i = 0; i < 3; i++)
        {
            double t = ToXyz[3 * i] * linear[0] + ToXyz[3 * i + 1] * linear[1] + ToXyz[3 * i + 2] * linear[2];
            bool curved = t > Delta * Delta * Delta;
            f[i] = curved ? Math.Cbrt(t) : t / (3 * Delta * Delta) + 4.0 / 29;
            fSlope[i] = curved ? f[i] / (3 * t) : 1 / (3 * Delta * Delta);
        }
        lab[0] = (float)(1.16 * f[1] - 0.16);
        lab[1] = (float)(5 * (f[0] - f[1]));
        lab[2] = (float)(2 * (f[1] - f[2]));
        for (int c = 0; c < 3; c++)
        {
            double x = fSlope[0] * ToXyz[c], y = fSlope[1] * ToXyz[3 + c], z = fSlope[2] * ToXyz[6 + c];
            slopes[c] = (float)(1.16 * y * linearSlope[c]);
            slopes[3 + c] = (float)(5 * (x - y) * linearSlope[c]);
            slopes[6 + c] = (float)(2 * (y - z) * linearSlope[c]);
        }
    }

    private static double[] Normalised(params double[] rows) => [.. rows.Select((value, i) => value / (rows[i / 3 * 3] + rows[i / 3 * 3 + 1] + rows[i / 3 * 3 + 2]))];
}
