using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>Changes the size of planes that are smooth.</summary>
internal static class Resampling
{
    /// <summary>Interpolates linearly between pixel centres; beyond the outermost ones their values go on. Not for making detailed pictures much smaller.</summary>
    /// <param name="image">C×H×W.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    public static FloatImage Bilinear(FloatImage image, int height, int width)
    {
        var result = new FloatImage(image.Channels, height, width);
        var columns = Enumerable.Range(0, width).Select(x => Locate(x, width, image.Width)).ToArray();
        Parallel.For(0, height, y =>
        {
            (int above, int below, float fraction) = Locate(y, height, image.Height);
            for (int c = 0; c < image.Channels; c++)
            {
                ReadOnlySpan<float> upper = image.Row(c, above), lower = image.Row(c, below);
                Span<float> row = result.Row(c, y);
                for (int x = 0; x < row.Length; x++)
                {
                    (int left, int right, float along) = columns[x];
                    float top = upper[left] + along * (upper[right] - upper[left]), bottom = lower[left] + along * (lower[right] - lower[left]);
                    row[x] = top + fraction * (bottom - top);
                }
            }
        });
        return result;
    }

    private static (int Lower, int Upper, float Fraction) Locate(int index, int count, int source)
    {
        double position = Math.Clamp((index + 0.5) * source / count - 0.5, 0, source - 1);
        int lower = (int)position;
        return (lower, Math.Min(lower + 1, source - 1), (float)(position - lower));
    }
}
