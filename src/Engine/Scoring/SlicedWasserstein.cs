using PhotoStyle.Imaging;

namespace PhotoStyle.Scoring;

/// <summary>The figure <c>swd</c>: how far the colours of a result are from those of the style, class by class.</summary>
/// <remarks>Rabin, Peyré, Delon, Bernot, <i>Wasserstein Barycenter and its Application to Texture Mixing</i> (2011), with the distance of first order.</remarks>
public static class SlicedWasserstein
{
    private const int DirectionCount = 64;
    private const int QuantileCount = 256;

    private static readonly float[][] _directions = Directions();

    /// <summary>
    /// Mean over 64 fixed directions of the mean difference of 256 quantiles of the colours of both photos, projected on the direction; in Lab/100.
    /// Averaged over classes by their area in the content.
    /// </summary>
    /// <param name="output">3×H×W, sRGB-encoded.</param>
    /// <param name="outputClasses">H·W class indices; indices of <paramref name="count"/> and more belong to no class.</param>
    /// <param name="style">3×H'×W', sRGB-encoded.</param>
    /// <param name="styleClasses">H'·W' class indices.</param>
    /// <param name="count">Number of classes. A class that one of the photos lacks does not count.</param>
    public static double Of(FloatImage output, byte[] outputClasses, FloatImage style, byte[] styleClasses, int count)
    {
        FloatImage outputLab = ColourSpace.ToLab(output), styleLab = ColourSpace.ToLab(style);
        double sum = 0;
        long area = 0;
        for (int k = 0; k < count; k++)
        {
            float[][] outputColours = ColoursOf(outputLab, outputClasses, k), styleColours = ColoursOf(styleLab, styleClasses, k);
            int pixels = outputColours[0].Length;
            if (pixels == 0 || styleColours[0].Length == 0)
                continue;
            sum += pixels * Distance(outputColours, styleColours);
            area += pixels;
        }
        return area > 0 ? sum / area : 0;
    }

    /// <summary>The distance of two clouds of points, each given as three arrays of coordinates.</summary>
    internal static double Distance(float[][] first, float[][] second)
    {
        var distances = new double[DirectionCount];
        Parallel.For(0, DirectionCount, d =>
        {
            double[] mine = Quantiles(first, _directions[d]), theirs = Quantiles(second, _directions[d]);
            for (int q = 0; q < QuantileCount; q++)
                distances[d] += Math.Abs(mine[q] - theirs[q]) / QuantileCount;
        });
        return distances.Average();
    }

    /// <summary>The fixed unit vectors.</summary>
    internal static IReadOnlyList<float[]> UnitVectors => _directions;

    private static double[] Quantiles(float[][] points, float[] direction)
    {
        var projected = new float[points[0].Length];
        for (int i = 0; i < projected.Length; i++)
            projected[i] = points[0][i] * direction[0] + points[1][i] * direction[1] + points[2][i] * direction[2];
        RadixSort.Ascending(projected);

        var quantiles = new double[QuantileCount];
        for (int q = 0; q < QuantileCount; q++)
        {
            // The value i of n stands at (i + 1/2)/n; between values the quantile is linear.
            double position = Math.Clamp((q + 0.5) / QuantileCount * projected.Length - 0.5, 0, projected.Length - 1);
            int below = (int)position;
            int above = Math.Min(below + 1, projected.Length - 1);
            quantiles[q] = projected[below] + (position - below) * ((double)projected[above] - projected[below]);
        }
        return quantiles;
    }

    private static float[][] ColoursOf(FloatImage lab, byte[] classes, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(classes.Length, lab.PixelCount);
        int[] pixels = [.. Enumerable.Range(0, classes.Length).Where(i => classes[i] == k)];
        return [.. Enumerable.Range(0, 3).Select(c => Array.ConvertAll(pixels, i => lab.Data[c * lab.PixelCount + i] / 100))];
    }

    /// <summary>Points that cover the sphere evenly without a pattern: normal deviates from a fixed seed, scaled to length one.</summary>
    private static float[][] Directions()
    {
        var random = new Random(20170311);
        return [.. Enumerable.Range(0, DirectionCount).Select(_ =>
        {
            double[] vector = [Normal(random), Normal(random), Normal(random)];
            double length = Math.Sqrt(vector.Sum(value => value * value));
            return Array.ConvertAll(vector, value => (float)(value / length));
        })];
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
