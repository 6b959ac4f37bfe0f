using PhotoStyle.Imaging;

namespace PhotoStyle.Losses;

/// <summary>
/// Keeps light and shadow the right way round: the mean square by which the output's luma falls where the content's rises, over pairs of pixels a few pixels apart.
/// Gram matrices and the matting Laplacian alike take a negative for as good as the positive.
/// </summary>
public sealed class GradientReversalTerm : IImageTerm
{
    /// <summary>Pixels between the two of a pair, along a row or a column: shading changes little from one pixel to the next.</summary>
    public const int Distance = 4;

    private readonly float[] content;
    private readonly float[] luma;
    private readonly int width;
    private readonly int height;

    /// <summary>Takes the content's luma.</summary>
    /// <param name="content">The content photo I, 3×H×W.</param>
    public GradientReversalTerm(FloatImage content)
    {
        (width, height) = (content.Width, content.Height);
        this.content = Luma.Of(content).Data;
        luma = new float[content.PixelCount];
    }

    /// <inheritdoc/>
    public string Name => "reversal";

    /// <inheritdoc/>
    public double Evaluate(FloatImage output, FloatImage gradient, double weight)
    {
        double scale = 1.0 / output.PixelCount;
        float slope = (float)(2 * weight * scale);
        Bands.Run(height, (_, first, end) =>
        {
            for (int y = first; y < end; y++) Luma.Of(output.Row(0, y), output.Row(1, y), output.Row(2, y), luma.AsSpan(y * width, width));
        });
        var sums = new double[Bands.Count(height)];
        Bands.Run(height, (band, first, end) =>
        {
            var excess = new float[width];
            for (int y = first; y < end; y++)
            {
                // Every pair is met from both of its ends, so that each pixel's gradient is written once, by its own band.
                int row = y * width;
                Array.Clear(excess);
                if (width > Distance)
                {
                    sums[band] += Compare(row, row + Distance, excess.AsSpan(0, width - Distance));
                    _ = Compare(row + Distance, row, excess.AsSpan(Distance));
                }
                if (y + Distance < height) sums[band] += Compare(row, row + Distance * width, excess);
                if (y >= Distance) _ = Compare(row, row - Distance * width, excess);
                AddScaled(excess, slope * Luma.Red, gradient.Row(0, y));
                AddScaled(excess, slope * Luma.Green, gradient.Row(1, y));
                AddScaled(excess, slope * Luma.Blue, gradient.Row(2, y));
            }
        });
        return sums.Sum() * scale;
    }

    /// <summary>Adds to each pixel of a run how far its luma is on the wrong side of its partner's, and returns the sum of the squares.</summary>
    private double Compare(int at, int partner, Span<float> excess)
    {
        double sum = 0;
        for (int i = 0; i < excess.Length; i++)
        {
            float rise = luma[at + i] - luma[partner + i];
            if (rise * (content[at + i] - content[partner + i]) >= 0) continue;
            excess[i] += rise;
            sum += rise * rise;
        }
        return sum;
    }

    private static void AddScaled(ReadOnlySpan<float> values, float factor, Span<float> sum)
    {
        for (int i = 0; i < values.Length; i++) sum[i] += factor * values[i];
    }
}
