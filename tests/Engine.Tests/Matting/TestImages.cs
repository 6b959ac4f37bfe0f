using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Matting;

/// <summary>Small colour images that strain a matting Laplacian in different ways.</summary>
internal static class TestImages
{
    public static readonly string[] Kinds = ["noise", "flat", "saturated", "gradient", "grey", "eight-bit", "speck", "constant"];

    public static FloatImage Make(string kind, int height, int width, int seed)
    {
        var random = new Random(seed);
        var image = new FloatImage(3, height, width);
        float[] tint = [0.2f, 0.5f, 0.7f];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var shared = random.NextSingle();
                for (var c = 0; c < 3; c++)
                {
                    var own = random.NextSingle();
                    image.Row(c, y)[x] = kind switch
                    {
                        "noise" => own,
                        // Blocks of one colour each, so that most windows have no variance at all.
                        "flat" => ((y / 5 + 2 * (x / 6) + c) % 4) / 4f + 0.1f,
                        "saturated" => Math.Clamp(2 * own - 0.5f, 0, 1),
                        // Nearly collinear colours with a whisper of noise: the covariance is close to singular.
                        "gradient" => tint[c] + 0.3f * x / width - 0.2f * y / height + 1e-4f * own,
                        "grey" => shared,
                        "eight-bit" => MathF.Round(255 * (tint[c] + 0.1f * MathF.Sin(0.4f * x + c) + 0.05f * y / height)) / 255f,
                        "speck" => x == width / 2 && y == height / 2 ? 1 : tint[c],
                        "constant" => tint[c],
                        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
                    };
                }
            }
        return image;
    }

    public static FloatImage Noise(int channels, int height, int width, int seed)
    {
        var random = new Random(seed);
        var image = new FloatImage(channels, height, width);
        foreach (ref var value in image.Data.AsSpan()) value = random.NextSingle();
        return image;
    }

    /// <summary>Σ of the squared factors of <see cref="AffineOf"/>.</summary>
    public const double AffineSquaredNorm = 0.54 + 6.25 + 2;

    public static FloatImage AffineOf(FloatImage image)
    {
        var p = new FloatImage(3, image.Height, image.Width);
        for (var i = 0; i < image.PixelCount; i++)
        {
            var (r, g, b) = (image.Plane(0)[i], image.Plane(1)[i], image.Plane(2)[i]);
            p.Plane(0)[i] = 0.7f * r - 0.2f * g + 0.1f * b + 0.3f;
            p.Plane(1)[i] = -1.5f * r + 2f * g + 0.1f;
            p.Plane(2)[i] = g - b;
        }
        return p;
    }
}
