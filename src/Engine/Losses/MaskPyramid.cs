using System.Globalization;
using PhotoStyle.Features;
using PhotoStyle.Imaging;

namespace PhotoStyle.Losses;

/// <summary>Class masks at the resolution of an encoder's levels.</summary>
internal static class MaskPyramid
{
    /// <summary>Averages squares of stride × stride pixels; what is left over at the right and bottom is dropped, as the encoder's pooling does.</summary>
    /// <param name="masks">K×H×W.</param>
    /// <param name="stride">Pixels per level pixel along each side.</param>
    /// <returns>K×⌊H/stride⌋×⌊W/stride⌋.</returns>
    public static FloatImage Reduce(FloatImage masks, int stride)
    {
        if (stride == 1) return masks;
        var reduced = new FloatImage(masks.Channels, masks.Height / stride, masks.Width / stride);
        float scale = 1f / (stride * stride);
        for (int k = 0; k < masks.Channels; k++)
        {
            for (int y = 0; y < reduced.Height; y++)
            {
                Span<float> row = reduced.Row(k, y);
                for (int dy = 0; dy < stride; dy++)
                {
                    ReadOnlySpan<float> source = masks.Row(k, y * stride + dy);
                    for (int x = 0; x < row.Length * stride; x++) row[x / stride] += source[x] * scale;
                }
            }
        }
        return reduced;
    }

    /// <summary>
    /// Brings masks to layers of VGG-19 as the code published with Luan et al. 2017 does: a 3×3 average, with zeros beyond the border, for each convolution, and
    /// half the size at each pooling.
    /// </summary>
    /// <param name="masks">K×H×W.</param>
    /// <param name="levels">Layers by their names, relu<i>b</i>_<i>i</i>, shallowest first.</param>
    /// <returns>For each level K×⌊H/stride⌋×⌊W/stride⌋.</returns>
    public static IReadOnlyList<FloatImage> Propagate(FloatImage masks, IReadOnlyList<FeatureLevel> levels)
    {
        int[] convolutions = [2, 2, 4, 4, 4];
        var results = new List<FloatImage>();
        (int block, int done) = (1, 0);
        foreach (FeatureLevel level in levels)
        {
            string[] numbers = level.Name["relu".Length..].Split('_');
            (int ofBlock, int index) = (int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[1], CultureInfo.InvariantCulture));
            while (block < ofBlock)
            {
                while (done++ < convolutions[block - 1]) masks = Average(masks);
                masks = Reduce(masks, 2);
                (block, done) = (block + 1, 0);
            }
            for (; done < index; done++) masks = Average(masks);
            // An encoder that is smaller than VGG-19 may reduce the picture sooner.
            results.Add(Reduce(masks, level.Stride >> (block - 1)));
        }
        return results;
    }

    /// <summary>The mean of each 3×3 window, zeros beyond the border.</summary>
    private static FloatImage Average(FloatImage masks)
    {
        var result = new FloatImage(masks.Channels, masks.Height, masks.Width);
        Bands.Run(masks.Height, (_, first, end) =>
        {
            var sums = new float[masks.Width];
            for (int k = 0; k < masks.Channels; k++)
            {
                for (int y = first; y < end; y++)
                {
                    Array.Clear(sums);
                    for (int neighbour = Math.Max(y - 1, 0); neighbour <= Math.Min(y + 1, masks.Height - 1); neighbour++)
                    {
                        ReadOnlySpan<float> source = masks.Row(k, neighbour);
                        for (int x = 0; x < sums.Length; x++) sums[x] += source[x];
                    }
                    Span<float> row = result.Row(k, y);
                    for (int x = 0; x < row.Length; x++)
                    {
                        // A division, not a product with the reciprocal: a window that lies wholly in a class must give exactly one.
                        row[x] = ((x > 0 ? sums[x - 1] : 0) + sums[x] + (x + 1 < row.Length ? sums[x + 1] : 0)) / 9;
                    }
                }
            }
        });
        return result;
    }
}
