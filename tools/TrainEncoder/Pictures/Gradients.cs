using PhotoStyle.Imaging;

namespace PhotoStyle.TrainEncoder.Pictures;

/// <summary>Smooth ramps between up to four colours in any direction, with a little grain: skies, walls, water.</summary>
internal sealed class Gradients : IPictureSource
{
    /// <inheritdoc/>
    public FloatImage Make(Random random, int side)
    {
        float[][] colours = [.. Enumerable.Range(0, random.Next(2, 5)).Select(_ => RandomColour.Next(random))];
        (double sin, double cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
        double curvature = random.NextDouble() - 0.5;
        float grain = 0.02f * random.NextSingle();
        var image = new FloatImage(3, side, side);
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                double u = 2.0 * x / side - 1, v = 2.0 * y / side - 1;
                double along = (cos * u + sin * v) / Math.Sqrt(2) + curvature * (cos * v - sin * u) * (cos * v - sin * u);
                double position = Math.Clamp((along + 1) / 2, 0, 1) * (colours.Length - 1);
                int below = Math.Min((int)position, colours.Length - 2);
                float share = (float)(position - below);
                for (int c = 0; c < 3; c++)
                {
                    image.Row(c, y)[x] = colours[below][c] + share * (colours[below + 1][c] - colours[below][c]) + grain * (random.NextSingle() - 0.5f);
                }
            }
        }
        return image;
    }
}
