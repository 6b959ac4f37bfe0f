using PhotoStyle.Imaging;

namespace PhotoStyle.Losses;

/// <summary>
/// Squared total variation (Mahendran, Vedaldi 2015, with β = 2): Σ of the squared differences of neighbours in rows and columns, of colours from 0 to 255, the units
/// of the published weights.
/// </summary>
public sealed class TotalVariationTerm : IImageTerm
{
    private const double Scale = 255.0 * 255.0;

    /// <inheritdoc/>
    public string Name => "variation";

    /// <inheritdoc/>
    public double Evaluate(FloatImage output, FloatImage gradient, double weight)
    {
        int width = output.Width, height = output.Height;
        float slope = (float)(2 * weight * Scale);
        var sums = new double[Bands.Count(height)];
        Bands.Run(height, (band, first, end) =>
        {
            double sum = 0;
            for (int c = 0; c < output.Channels; c++)
            {
                for (int y = first; y < end; y++)
                {
                    ReadOnlySpan<float> row = output.Row(c, y);
                    Span<float> slopes = gradient.Row(c, y);
                    for (int x = 1; x < width; x++)
                    {
                        float d = row[x] - row[x - 1];
                        sum += (double)d * d;
                        slopes[x] += slope * d;
                        slopes[x - 1] -= slope * d;
                    }
                    // A pair of rows is met from both, so that each row's gradient is written by its own band.
                    if (y > 0)
                    {
                        ReadOnlySpan<float> above = output.Row(c, y - 1);
                        for (int x = 0; x < width; x++)
                        {
                            float d = row[x] - above[x];
                            sum += (double)d * d;
                            slopes[x] += slope * d;
                        }
                    }
                    if (y + 1 == height) continue;
                    ReadOnlySpan<float> below = output.Row(c, y + 1);
                    for (int x = 0; x < width; x++) slopes[x] += slope * (row[x] - below[x]);
                }
            }
            sums[band] = sum;
        });
        return sums.Sum() * Scale;
    }
}
