using PhotoStyle.Imaging;

namespace PhotoStyle.TrainEncoder.Pictures;

/// <summary>
/// Overlapping ellipses of random place, colour and shading, with sizes by a power law: occlusion and scale as in photos, and every colour beside every other
/// (the dead leaves model; Lee, Mumford, Huang 2001).
/// </summary>
internal sealed class DeadLeaves : IPictureSource
{
    private const int LeafCount = 160;
    private const double LeastRadius = 3;

    /// <inheritdoc/>
    public FloatImage Make(Random random, int side)
    {
        var image = new FloatImage(3, side, side);
        float[] ground = RandomColour.Next(random);
        for (int c = 0; c < 3; c++) image.Plane(c).Fill(ground[c]);
        // The radius has density r⁻³ up to half of the side.
        double mostRadius = side / 2.0, ratio = LeastRadius / mostRadius;
        double[] radii = [.. Enumerable.Range(0, LeafCount).Select(_ => LeastRadius / Math.Sqrt(1 - random.NextDouble() * (1 - ratio * ratio)))];
        foreach (double radius in radii) Draw(image, random, radius);
        return image;
    }

    private static void Draw(FloatImage image, Random random, double radius)
    {
        double x0 = random.NextDouble() * image.Width, y0 = random.NextDouble() * image.Height;
        double flatness = 0.3 + 0.7 * random.NextDouble(), angle = Math.PI * random.NextDouble();
        (double sin, double cos) = Math.SinCos(angle);
        (float[] from, float[] to) = (RandomColour.Next(random), RandomColour.Next(random));
        float contrast = random.NextSingle() < 0.5f ? 0 : random.NextSingle();
        int top = Math.Max(0, (int)(y0 - radius)), bottom = Math.Min(image.Height - 1, (int)(y0 + radius));
        int left = Math.Max(0, (int)(x0 - radius)), right = Math.Min(image.Width - 1, (int)(x0 + radius));
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                double u = (cos * (x - x0) + sin * (y - y0)) / radius, v = (cos * (y - y0) - sin * (x - x0)) / (radius * flatness);
                if (u * u + v * v > 1) continue;
                float t = contrast * (float)(u + 1) / 2;
                for (int c = 0; c < 3; c++) image.Row(c, y)[x] = from[c] + t * (to[c] - from[c]);
            }
        }
    }
}
