using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Serialization;

namespace PhotoStyle.Engine.Tests.Features;

/// <summary>Oracle: an encoder of VGG's form in plain float64 loops.</summary>
internal static class NaiveEncoder
{
    /// <summary>For each level C×h×w features, of blocks with so many convolutions each; levels are the first activations of the blocks, or every one.</summary>
    public static List<double[,,]> Encode(IReadOnlyDictionary<string, SafeTensor> weights, FloatImage image, Padding padding, int[] convolutions, bool every = false)
    {
        double[,,] x = Colours(weights, image);
        var levels = new List<double[,,]>();
        for (int block = 0; block < convolutions.Length; block++)
        {
            if (block > 0) x = Pool(x);
            for (int i = 0; i < convolutions[block]; i++)
            {
                x = Convolve(x, weights[$"conv{block + 1}_{i + 1}.weight"], weights[$"conv{block + 1}_{i + 1}.bias"], padding);
                if (i == 0 || every) levels.Add(x);
            }
        }
        return levels;
    }

    private static double[,,] Colours(IReadOnlyDictionary<string, SafeTensor> weights, FloatImage image)
    {
        var x = new double[3, image.Height, image.Width];
        float[] map = weights["preprocess.weight"].Values, bias = weights["preprocess.bias"].Values;
        for (int o = 0; o < 3; o++)
        {
            for (int i = 0; i < image.PixelCount; i++)
            {
                double sum = bias[o];
                for (int c = 0; c < 3; c++) sum += (double)map[o * 3 + c] * image.Plane(c)[i];
                x[o, i / image.Width, i % image.Width] = sum;
            }
        }
        return x;
    }

    private static double[,,] Convolve(double[,,] x, SafeTensor weight, SafeTensor bias, Padding padding)
    {
        int outputs = (int)weight.Shape[0], inputs = x.GetLength(0), height = x.GetLength(1), width = x.GetLength(2);
        var result = new double[outputs, height, width];
        for (int o = 0; o < outputs; o++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int column = 0; column < width; column++)
                {
                    double sum = bias.Values[o];
                    for (int i = 0; i < inputs; i++)
                    {
                        for (int dy = 0; dy < 3; dy++)
                        {
                            for (int dx = 0; dx < 3; dx++) sum += weight.Values[((o * inputs + i) * 3 + dy) * 3 + dx] * At(x, i, y + dy - 1, column + dx - 1, padding);
                        }
                    }
                    result[o, y, column] = Math.Max(0, sum);
                }
            }
        }
        return result;
    }

    private static double At(double[,,] x, int channel, int y, int column, Padding padding)
    {
        int height = x.GetLength(1), width = x.GetLength(2);
        if (padding == Padding.Zero) return y < 0 || y >= height || column < 0 || column >= width ? 0 : x[channel, y, column];
        return x[channel, Mirror(y, height), Mirror(column, width)];
    }

    private static int Mirror(int i, int count) => i < 0 ? -i : i >= count ? 2 * count - 2 - i : i;

    private static double[,,] Pool(double[,,] x)
    {
        var result = new double[x.GetLength(0), x.GetLength(1) / 2, x.GetLength(2) / 2];
        for (int c = 0; c < result.GetLength(0); c++)
        {
            for (int y = 0; y < result.GetLength(1); y++)
            {
                for (int column = 0; column < result.GetLength(2); column++)
                {
                    result[c, y, column] = Math.Max(
                        Math.Max(x[c, 2 * y, 2 * column], x[c, 2 * y, 2 * column + 1]), Math.Max(x[c, 2 * y + 1, 2 * column], x[c, 2 * y + 1, 2 * column + 1]));
                }
            }
        }
        return result;
    }
}
