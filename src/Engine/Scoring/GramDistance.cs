using System.Numerics;
using PhotoStyle.Imaging;

namespace PhotoStyle.Scoring;

/// <summary>The figure <c>gram</c>: how far the textures of a result are from those of the style, class by class.</summary>
/// <remarks>Gatys, Ecker, Bethge (2016), equation 3, with the class masks of Deep Photo Style Transfer, equations 3 and 4.</remarks>
public static class GramDistance
{
    // Pixels per block: 256 channels of it in float64 fill half of a second-level cache.
    private const int Block = 256;

    /// <summary>
    /// ‖G_O − G_S‖ / ‖G_S‖ (Frobenius) of the Gram matrices of each class, averaged over classes by their area in the content and over levels.
    /// </summary>
    /// <param name="output">Features of the result, one C×h×w per level.</param>
    /// <param name="outputMasks">Class masks of the content, one K×h×w per level.</param>
    /// <param name="style">Features of the style, one C×h'×w' per level.</param>
    /// <param name="styleMasks">Class masks of the style, one K×h'×w' per level. A class that one of the photos lacks does not count.</param>
    public static double Of(
        IReadOnlyList<FloatImage> output, IReadOnlyList<FloatImage> outputMasks, IReadOnlyList<FloatImage> style, IReadOnlyList<FloatImage> styleMasks) =>
        Enumerable.Range(0, output.Count).Average(level => OfLevel(output[level], outputMasks[level], style[level], styleMasks[level]));

    /// <summary>F Fᵀ / Σm with every pixel of F weighted by the mask m, in float64; null where the mask is empty.</summary>
    /// <param name="features">C×h×w.</param>
    /// <param name="mask">h·w weights.</param>
    /// <returns>C×C, row by row.</returns>
    internal static double[]? Gram(FloatImage features, ReadOnlySpan<float> mask)
    {
        double area = 0;
        var pixels = new List<int>();
        for (int i = 0; i < mask.Length; i++)
        {
            if (mask[i] == 0)
                continue;
            area += mask[i];
            pixels.Add(i);
        }
        if (pixels.Count == 0)
            return null;

        int channels = features.Channels;
        var gram = new double[channels * channels];
        var block = new double[channels * Block];
        for (int start = 0; start < pixels.Count; start += Block)
        {
            int length = Math.Min(Block, pixels.Count - start);
            // The last block is filled up with zeros, which add nothing.
            Array.Clear(block);
            for (int c = 0; c < channels; c++)
            {
                ReadOnlySpan<float> plane = features.Plane(c);
                for (int i = 0; i < length; i++)
                {
                    int pixel = pixels[start + i];
                    block[c * Block + i] = (double)plane[pixel] * mask[pixel];
                }
            }
            AddProducts(block, gram, channels);
        }

        for (int row = 0; row < channels; row++)
        {
            for (int column = 0; column <= row; column++)
                gram[row * channels + column] = gram[column * channels + row] = gram[row * channels + column] / area;
        }
        return gram;
    }

    private static double OfLevel(FloatImage output, FloatImage outputMasks, FloatImage style, FloatImage styleMasks)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((outputMasks.Height, outputMasks.Width), (output.Height, output.Width));
        ArgumentOutOfRangeException.ThrowIfNotEqual((styleMasks.Height, styleMasks.Width), (style.Height, style.Width));
        double sum = 0, area = 0;
        for (int k = 0; k < outputMasks.Channels; k++)
        {
            if (Gram(output, outputMasks.Plane(k)) is not double[] mine || Gram(style, styleMasks.Plane(k)) is not double[] theirs)
                continue;
            double weight = 0;
            foreach (float share in outputMasks.Plane(k))
                weight += share;
            sum += weight * RelativeDistance(mine, theirs);
            area += weight;
        }
        return area > 0 ? sum / area : 0;
    }

    private static double RelativeDistance(double[] gram, double[] target)
    {
        double difference = 0, norm = 0;
        for (int i = 0; i < gram.Length; i++)
        {
            difference += (gram[i] - target[i]) * (gram[i] - target[i]);
            norm += target[i] * target[i];
        }
        // Features that are dead in the whole region of the style: equal is 0, anything else is far away.
        return difference == 0 ? 0 : Math.Sqrt(difference / norm);
    }

    /// <summary>Adds the inner products of the block's rows to the lower triangle; each row of the result has one writer.</summary>
    private static void AddProducts(double[] block, double[] gram, int channels)
    {
        Parallel.For(0, channels, row =>
        {
            ReadOnlySpan<double> first = block.AsSpan(row * Block, Block);
            for (int column = 0; column <= row; column++)
            {
                ReadOnlySpan<double> second = block.AsSpan(column * Block, Block);
                Vector<double> sum = Vector<double>.Zero;
                for (int i = 0; i < Block; i += Vector<double>.Count)
                    sum += new Vector<double>(first[i..]) * new Vector<double>(second[i..]);
                gram[row * channels + column] += Vector.Sum(sum);
            }
        });
    }
}
