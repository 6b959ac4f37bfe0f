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

    private readonly float[] _content;
    private readonly float[] _luma;
    private readonly int _width;
    private readonly int _height;

    /// <summary>Takes the content's luma.</summary>
    /// <param name="content">The content photo I, 3×H×W.</param>
    public GradientReversalTerm(FloatImage content)
    {
        (_width, _height) = (content.Width, content.Height);
        _content = Luma.Of(content).Data;
        _luma = new float[content.PixelCount];
    }

    /// <inheritdoc/>
    public string Name => "reversal";

    /// <inheritdoc/>
    public double Evaluate(FloatImage output, FloatImage gradient, double weight)
    {
        double scale = 1.0 / output.PixelCount;
        float slope = (float)(2 * weight * scale);
        Bands.Run(_height, (_, first, end) =>
        {
            for (int y = first; y < end; y++) Luma.Of(output.Row(0, y), output.Row(1, y), output.Row(2, y), _luma.AsSpan(y * _width, _width));
        });
        var sums = new double[Bands.Count(_height)];
        Bands.Run(_height, (band, first, end) =>
        {
            var excess = new float[_width];
            for (int y = first; y < end; y++)
            {
                // Every pair is met from both of its ends, so that each pixel's gradient is written once, by its own band.
                int row = y * _width;
                Array.Clear(excess);
                if (_width > Distance)
                {
                    sums[band] += Compare(row, row + Distance, excess.AsSpan(0, _width - Distance));
                    _ = Compare(row + Distance, row, excess.AsSpan(Distance));
                }
                if (y + Distance < _height) sums[band] += Compare(row, row + Distance * _width, excess);
                if (y >= Distance) _ = Compare(row, row - Distance * _width, excess);
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
            float rise = _luma[at + i] - _luma[partner + i];
            if (rise * (_content[at + i] - _content[partner + i]) >= 0) continue;
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
