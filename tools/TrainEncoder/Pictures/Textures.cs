using PhotoStyle.Imaging;

namespace PhotoStyle.TrainEncoder.Pictures;

/// <summary>Noise of several octaves, stretched along a direction, and stripes, between two colours: foliage, stone, water, bricks.</summary>
internal sealed class Textures : IPictureSource
{
    private const int Octaves = 5;

    /// <inheritdoc/>
    public FloatImage Make(Random random, int side)
    {
        float[] from = RandomColour.Next(random), to = RandomColour.Next(random);
        double persistence = 0.4 + 0.5 * random.NextDouble(), stretch = Math.Pow(4, random.NextDouble()), stripes = random.Next(3) == 0 ? random.NextDouble() : 0;
        double wavelength = 4 + 28 * random.NextDouble();
        (double sin, double cos) = Math.SinCos(Math.PI * random.NextDouble());
        int seed = random.Next();
        var image = new FloatImage(3, side, side);
        Parallel.For(0, side, y =>
        {
            for (int x = 0; x < side; x++)
            {
                double u = (cos * x + sin * y) / stretch, v = cos * y - sin * x, sum = 0, amplitude = 1, total = 0;
                for (int octave = 0; octave < Octaves; octave++)
                {
                    double period = 64 >> octave;
                    sum += amplitude * Noise(u / period, v / period, seed + octave);
                    total += amplitude;
                    amplitude *= persistence;
                }
                double value = (1 - stripes) * sum / total + stripes * (0.5 + 0.5 * Math.Sin(2 * Math.PI * v / wavelength));
                for (int c = 0; c < 3; c++) image.Row(c, y)[x] = (float)Math.Clamp(from[c] + value * 1.6 * (to[c] - from[c]) - 0.3 * (to[c] - from[c]), 0, 1);
            }
        });
        return image;
    }

    /// <summary>Random values on whole coordinates, interpolated smoothly; 0 to 1.</summary>
    private static double Noise(double x, double y, int seed)
    {
        int x0 = (int)Math.Floor(x), y0 = (int)Math.Floor(y);
        double u = x - x0, v = y - y0;
        u *= u * (3 - 2 * u);
        v *= v * (3 - 2 * v);
        double above = Value(x0, y0, seed) * (1 - u) + Value(x0 + 1, y0, seed) * u;
        double below = Value(x0, y0 + 1, seed) * (1 - u) + Value(x0 + 1, y0 + 1, seed) * u;
        return above * (1 - v) + below * v;
    }

    private static double Value(int x, int y, int seed)
    {
        uint hash = unchecked((uint)x * 0x8DA6B343u + (uint)y * 0xD8163841u + (uint)seed * 0xCB1AB31Fu);
        hash = unchecked((hash ^ (hash >> 15)) * 0x2C1B3C6Du);
        hash = unchecked((hash ^ (hash >> 12)) * 0x297A2D39u);
        return (hash ^ (hash >> 15)) / (double)uint.MaxValue;
    }
}
