using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>Per window of a guide: its mean and the inverse of its ridged covariance, (Σ + εE)⁻¹.</summary>
internal sealed class GuideStatistics
{
    // Channel pairs of the six distinct entries of a symmetric 3×3 matrix; the first is all there is of a 1×1.
    private static readonly (int Row, int Column)[] _entries = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)];

    private readonly float[][] _inverse;

    private GuideStatistics(float[][] mean, float[][] inverse) => (Mean, _inverse) = (mean, inverse);

    /// <summary>Mean of each channel, H·W values each.</summary>
    public float[][] Mean { get; }

    public static GuideStatistics Of(FloatImage guide, int radius, double epsilon)
    {
        var mean = new float[guide.Channels][];
        Parallel.For(0, mean.Length, c =>
        {
            mean[c] = new float[guide.PixelCount];
            BoxFilter.Mean(guide.Plane(c), mean[c], guide.Height, guide.Width, radius);
        });

        var covariance = new float[guide.Channels == 1 ? 1 : 6][];
        Parallel.For(0, covariance.Length, e => covariance[e] = Covariance(guide, mean, _entries[e], radius, (float)epsilon));

        if (guide.Channels == 1)
            InvertGrey(covariance[0]);
        else
            InvertColour(covariance);
        return new GuideStatistics(mean, covariance);
    }

    /// <summary>Turns covariances with an input into slopes, and the input's means into offsets.</summary>
    public void SolveGrey(Span<float> covariance, Span<float> mean)
    {
        ReadOnlySpan<float> inverse = _inverse[0], guideMean = Mean[0];
        for (int i = 0; i < covariance.Length; i++)
        {
            covariance[i] *= inverse[i];
            mean[i] -= covariance[i] * guideMean[i];
        }
    }

    /// <summary>Turns covariances with an input into slopes, and the input's means into offsets.</summary>
    public void SolveColour(Span<float> red, Span<float> green, Span<float> blue, Span<float> mean)
    {
        ReadOnlySpan<float> rr = _inverse[0], rg = _inverse[1], rb = _inverse[2], gg = _inverse[3], gb = _inverse[4], bb = _inverse[5];
        ReadOnlySpan<float> meanRed = Mean[0], meanGreen = Mean[1], meanBlue = Mean[2];
        for (int i = 0; i < mean.Length; i++)
        {
            float r = red[i], g = green[i], b = blue[i];
            red[i] = rr[i] * r + rg[i] * g + rb[i] * b;
            green[i] = rg[i] * r + gg[i] * g + gb[i] * b;
            blue[i] = rb[i] * r + gb[i] * g + bb[i] * b;
            mean[i] -= red[i] * meanRed[i] + green[i] * meanGreen[i] + blue[i] * meanBlue[i];
        }
    }

    private static float[] Covariance(FloatImage guide, float[][] mean, (int Row, int Column) entry, int radius, float epsilon)
    {
        ReadOnlySpan<float> first = guide.Plane(entry.Row), second = guide.Plane(entry.Column);
        var product = new float[guide.PixelCount];
        for (int i = 0; i < product.Length; i++)
            product[i] = first[i] * second[i];

        var covariance = new float[guide.PixelCount];
        BoxFilter.Mean<float>(product, covariance, guide.Height, guide.Width, radius);
        ReadOnlySpan<float> firstMean = mean[entry.Row], secondMean = mean[entry.Column];
        float ridge = entry.Row == entry.Column ? epsilon : 0;
        for (int i = 0; i < covariance.Length; i++)
            covariance[i] += ridge - firstMean[i] * secondMean[i];
        return covariance;
    }

    private static void InvertGrey(float[] variance)
    {
        for (int i = 0; i < variance.Length; i++)
            variance[i] = 1 / variance[i];
    }

    private static void InvertColour(float[][] covariance)
    {
        Parallel.For(0, 16, band =>
        {
            int count = covariance[0].Length;
            int end = (int)((long)count * (band + 1) / 16);
            for (int i = (int)((long)count * band / 16); i < end; i++)
            {
                double rr = covariance[0][i], rg = covariance[1][i], rb = covariance[2][i];
                double gg = covariance[3][i], gb = covariance[4][i], bb = covariance[5][i];
                double cofactorR = gg * bb - gb * gb, cofactorG = gb * rb - rg * bb, cofactorB = rg * gb - gg * rb;
                double scale = 1 / (rr * cofactorR + rg * cofactorG + rb * cofactorB);
                covariance[0][i] = (float)(cofactorR * scale);
                covariance[1][i] = (float)(cofactorG * scale);
                covariance[2][i] = (float)(cofactorB * scale);
                covariance[3][i] = (float)((rr * bb - rb * rb) * scale);
                covariance[4][i] = (float)((rg * rb - rr * gb) * scale);
                covariance[5][i] = (float)((rr * gg - rg * rg) * scale);
            }
        });
    }
}
