using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>
/// A guided filter kept as what it is: for each input plane a smooth field of affine functions of the guide, <c>q(p) = a(p)·I(p) + b(p)</c>.
/// The fields vary slowly, so they can be enlarged and applied to a larger guide, whose edges the result then follows.
/// </summary>
/// <remarks>He, Sun, Tang, <i>Guided Image Filtering</i> (2013), equations 5, 6, 8 and, for colour guides, 19 to 21; He, Sun, <i>Fast Guided Filter</i> (2015).</remarks>
public sealed class GuidedFilterCoefficients
{
    /// <summary>Wraps planes of coefficients, for example enlarged ones.</summary>
    /// <param name="guideChannels">Channels of the guide: 1 (luma) or 3 (RGB).</param>
    /// <param name="planes">For each input in turn the planes of <c>a</c>, one per guide channel, then the plane of <c>b</c>.</param>
    public GuidedFilterCoefficients(int guideChannels, FloatImage planes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(planes.Channels % (guideChannels + 1), 0);
        (GuideChannels, Planes) = (guideChannels, planes);
    }

    /// <summary>Channels of the guide: 1 or 3.</summary>
    public int GuideChannels { get; }

    /// <summary>K·(G+1)×H×W: for each of the K inputs in turn its G planes of <c>a</c>, then its plane of <c>b</c>.</summary>
    public FloatImage Planes { get; }

    /// <summary>Number of planes that were filtered, K.</summary>
    public int Inputs => Planes.Channels / (GuideChannels + 1);

    /// <summary>Fits each input, in every window, as an affine function of the guide, and averages the functions that meet in a pixel.</summary>
    /// <remarks>Linear in the input: if the inputs sum to one in every pixel, so do the results, for a guide of any size.</remarks>
    /// <param name="guide">G×H×W with G 1 or 3, nominally in [0, 1].</param>
    /// <param name="input">K×H×W, the planes to be filtered.</param>
    /// <param name="radius">Radius of the window in pixels, at least 1.</param>
    /// <param name="epsilon">Ridge, in squared units of the guide: patterns of much smaller variance are not followed.</param>
    public static GuidedFilterCoefficients Fit(FloatImage guide, FloatImage input, int radius, double epsilon)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((input.Height, input.Width), (guide.Height, guide.Width));
        if (guide.Channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(guide), guide.Channels, "A guide has 1 or 3 channels.");
        ArgumentOutOfRangeException.ThrowIfLessThan(radius, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);

        GuideStatistics statistics = GuideStatistics.Of(guide, radius, epsilon);
        var planes = new FloatImage(input.Channels * (guide.Channels + 1), guide.Height, guide.Width);
        Parallel.For(0, input.Channels, k => FitPlane(guide, statistics, input, k, planes, radius));
        return new GuidedFilterCoefficients(guide.Channels, planes);
    }

    /// <summary>Evaluates the affine functions on a guide.</summary>
    /// <param name="guide">G×H×W, of the size of the planes.</param>
    /// <returns>K×H×W; not clamped, see <see cref="SoftMasks"/>.</returns>
    public FloatImage Apply(FloatImage guide)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((guide.Channels, guide.Height, guide.Width), (GuideChannels, Planes.Height, Planes.Width));
        var result = new FloatImage(Inputs, guide.Height, guide.Width);
        Parallel.For(0, guide.Height, y =>
        {
            for (int k = 0; k < Inputs; k++)
            {
                int first = k * (GuideChannels + 1);
                Span<float> row = result.Row(k, y);
                Planes.Row(first + GuideChannels, y).CopyTo(row);
                for (int c = 0; c < GuideChannels; c++)
                {
                    ReadOnlySpan<float> slope = Planes.Row(first + c, y), values = guide.Row(c, y);
                    for (int x = 0; x < row.Length; x++)
                        row[x] += slope[x] * values[x];
                }
            }
        });
        return result;
    }

    private static void FitPlane(FloatImage guide, GuideStatistics statistics, FloatImage input, int k, FloatImage planes, int radius)
    {
        int channels = guide.Channels;
        int count = guide.PixelCount;
        ReadOnlySpan<float> values = input.Plane(k);

        // Covariance of the input with each channel of the guide.
        var mean = new float[count];
        BoxFilter.Mean(values, mean, guide.Height, guide.Width, radius);
        var product = new float[count];
        var covariance = new float[channels][];
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<float> channel = guide.Plane(c);
            for (int i = 0; i < count; i++)
                product[i] = channel[i] * values[i];
            covariance[c] = new float[count];
            BoxFilter.Mean<float>(product, covariance[c], guide.Height, guide.Width, radius);
            ReadOnlySpan<float> guideMean = statistics.Mean[c];
            Span<float> target = covariance[c];
            for (int i = 0; i < count; i++)
                target[i] -= guideMean[i] * mean[i];
        }

        // Slopes in place of the covariances, offset in place of the mean.
        if (channels == 1)
            statistics.SolveGrey(covariance[0], mean);
        else
            statistics.SolveColour(covariance[0], covariance[1], covariance[2], mean);

        int first = k * (channels + 1);
        for (int c = 0; c < channels; c++)
            BoxFilter.Mean(covariance[c], planes.Plane(first + c), guide.Height, guide.Width, radius);
        BoxFilter.Mean(mean, planes.Plane(first + channels), guide.Height, guide.Width, radius);
    }
}
