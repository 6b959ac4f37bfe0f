using System.Numerics;
using PhotoStyle.Imaging;

namespace PhotoStyle.Grading;

/// <summary>
/// Means over square windows, weighted by nearness in the picture and in the colours of a guide (Petschnigg et al. 2004; Eisemann, Durand 2004): planes become
/// smooth within what the guide shows as one surface, and stay apart at its edges.
/// </summary>
internal static class JointBilateralFilter
{
    // So far from every colour that its weight is zero: what lies beyond the border.
    private const float Nowhere = 1e4f;

    /// <summary>Filters planes.</summary>
    /// <param name="planes">C×H×W.</param>
    /// <param name="guide">3×H×W.</param>
    /// <param name="radius">Of the window, 0 or more; the spatial deviation is a third of it.</param>
    /// <param name="range">Deviation over the Euclidean distance of the guide's colours, positive.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <returns>C×H×W.</returns>
    public static FloatImage Filter(FloatImage planes, FloatImage guide, int radius, double range, CancellationToken cancellation = default)
    {
        var result = new FloatImage(planes.Channels, planes.Height, planes.Width);
        // Vectors may run over the end of a row.
        FloatImage paddedPlanes = Pad(planes, radius, 0), paddedGuide = Pad(guide, radius, Nowhere);
        float[] spatial = Spatial(radius);
        float exponent = (float)(-0.5 / (range * range));
        Parallel.For(0, planes.Height, new ParallelOptions { CancellationToken = cancellation }, y =>
        {
            for (int x = 0; x < planes.Width; x += Vector<float>.Count) FilterPixels(paddedPlanes, paddedGuide, result, radius, spatial, exponent, x, y);
        });
        return result;
    }

    /// <summary>As many neighbouring pixels as a vector holds.</summary>
    private static void FilterPixels(FloatImage planes, FloatImage guide, FloatImage result, int radius, float[] spatial, float exponent, int x, int y)
    {
        Span<Vector<float>> sums = stackalloc Vector<float>[planes.Channels];
        sums.Clear();
        Vector<float> total = Vector<float>.Zero, scale = new(exponent);
        Vector<float> red = new(guide.Row(0, y)[(x + radius)..]), green = new(guide.Row(1, y)[(x + radius)..]), blue = new(guide.Row(2, y)[(x + radius)..]);
        int side = 2 * radius + 1;
        for (int dy = Math.Max(-radius, -y); dy <= Math.Min(radius, result.Height - 1 - y); dy++)
        {
            ReadOnlySpan<float> reds = guide.Row(0, y + dy), greens = guide.Row(1, y + dy), blues = guide.Row(2, y + dy);
            ReadOnlySpan<float> rows = planes.Data.AsSpan((y + dy) * planes.Width);
            for (int i = 0; i < side; i++)
            {
                Vector<float> r = new Vector<float>(reds[(x + i)..]) - red, g = new Vector<float>(greens[(x + i)..]) - green, b = new Vector<float>(blues[(x + i)..]) - blue;
                Vector<float> weight = new Vector<float>(spatial[(dy + radius) * side + i]) * Vector.Exp((r * r + g * g + b * b) * scale);
                total += weight;
                for (int c = 0; c < sums.Length; c++) sums[c] = Vector.FusedMultiplyAdd(weight, new Vector<float>(rows[(c * planes.PixelCount + x + i)..]), sums[c]);
            }
        }
        for (int c = 0; c < sums.Length; c++)
        {
            // Its own weight is one, so that the total is never zero inside the picture.
            Vector<float> mean = sums[c] / total;
            Span<float> row = result.Row(c, y);
            for (int i = 0; i < Math.Min(Vector<float>.Count, row.Length - x); i++) row[x + i] = mean[i];
        }
    }

    private static float[] Spatial(int radius)
    {
        int side = 2 * radius + 1;
        double deviation = Math.Max(radius / 3.0, 1e-3);
        return [.. Enumerable.Range(0, side * side).Select(i => (float)Math.Exp(-0.5 * (Square(i / side - radius) + Square(i % side - radius)) / (deviation * deviation)))];
    }

    private static double Square(double value) => value * value;

    private static FloatImage Pad(FloatImage image, int radius, float beyond)
    {
        var padded = new FloatImage(image.Channels, image.Height, image.Width + 2 * radius + Vector<float>.Count);
        Array.Fill(padded.Data, beyond);
        for (int c = 0; c < image.Channels; c++)
        {
            for (int y = 0; y < image.Height; y++) image.Row(c, y).CopyTo(padded.Row(c, y)[radius..]);
        }
        return padded;
    }
}
