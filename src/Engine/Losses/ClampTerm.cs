using PhotoStyle.Imaging;

namespace PhotoStyle.Losses;

/// <summary>Keeps the output within what a picture can hold: the mean square by which values leave [0, 1].</summary>
public sealed class ClampTerm : IImageTerm
{
    /// <inheritdoc/>
    public string Name => "clamp";

    /// <inheritdoc/>
    public double Evaluate(FloatImage output, FloatImage gradient, double weight)
    {
        double scale = 1.0 / output.PixelCount;
        float slope = (float)(2 * weight * scale);
        var sums = new double[Bands.Count(output.Height)];
        Bands.Run(output.Height, (band, first, end) =>
        {
            double sum = 0;
            for (int c = 0; c < output.Channels; c++)
            {
                int from = (c * output.Height + first) * output.Width, to = (c * output.Height + end) * output.Width;
                ReadOnlySpan<float> values = output.Data.AsSpan(from, to - from);
                Span<float> slopes = gradient.Data.AsSpan(from, to - from);
                for (int i = 0; i < values.Length; i++)
                {
                    float excess = values[i] - Math.Clamp(values[i], 0f, 1f);
                    if (excess == 0) continue;
                    sum += excess * excess;
                    slopes[i] += slope * excess;
                }
            }
            sums[band] = sum;
        });
        return sums.Sum() * scale;
    }
}
