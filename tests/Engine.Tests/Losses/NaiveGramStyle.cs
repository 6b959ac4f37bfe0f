using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Losses;

/// <summary>Oracle: the augmented style loss straight from its definition (Luan et al. 2017, equation 5, relative to the style), in float64.</summary>
internal static class NaiveGramStyle
{
    // Between what the masks of the tests count as too small at a level and what they do not.
    private const double LeastArea = 3.5;

    /// <param name="output">For each level the output's features, C×pixels.</param>
    /// <param name="style">For each level the style's.</param>
    /// <param name="masks">Of the content and of the style, at full size.</param>
    /// <param name="relative">Whether differences are relative to the style and averaged over levels, or divided by C⁴ and added up.</param>
    public static double Value(IReadOnlyList<double[,]> output, IReadOnlyList<double[,]> style, (FloatImage Content, FloatImage Style) masks, bool relative = true)
    {
        double value = 0;
        for (int l = 0; l < output.Count; l++)
        {
            double[][] contentMasks = NaiveMasks.Average(masks.Content, 1 << l), styleMasks = NaiveMasks.Average(masks.Style, 1 << l);
            for (int k = 0; k < contentMasks.Length; k++)
            {
                if (contentMasks[k].Sum() < LeastArea || styleMasks[k].Sum() < LeastArea) continue;
                double[,] mine = Gram(output[l], contentMasks[k]), theirs = Gram(style[l], styleMasks[k]);
                double difference = mine.Cast<double>().Zip(theirs.Cast<double>(), (a, b) => (a - b) * (a - b)).Sum();
                double measure = relative ? theirs.Cast<double>().Sum(g => g * g) * output.Count : Math.Pow(mine.GetLength(0), 4);
                value += contentMasks[k].Average() * difference / measure;
            }
        }
        return value;
    }

    private static double[,] Gram(double[,] features, double[] mask)
    {
        int channels = features.GetLength(0);
        var gram = new double[channels, channels];
        for (int a = 0; a < channels; a++)
        {
            for (int b = 0; b < channels; b++)
            {
                for (int p = 0; p < mask.Length; p++) gram[a, b] += mask[p] * mask[p] * features[a, p] * features[b, p] / mask.Sum();
            }
        }
        return gram;
    }
}
