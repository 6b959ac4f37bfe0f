using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Bench.Measurements;

/// <summary>Pictures and masks of known size: smooth shapes with noise, four wedge-shaped classes with soft borders.</summary>
internal static class SyntheticPair
{
    public const int Classes = 4;

    public static ClassedImage Create(int width, int height, int seed)
    {
        FloatImage image = Picture(width, height, seed);
        var classes = new byte[width * height];
        for (int i = 0; i < classes.Length; i++) classes[i] = (byte)((i % width * 2 / width) + 2 * (i / width * 2 / height));
        return new ClassedImage(image, SoftMasks.Of(SoftMasks.Fit(classes, Classes, image), image));
    }

    public static FloatImage Picture(int width, int height, int seed)
    {
        var random = new Random(seed);
        var image = new FloatImage(3, height, width);
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    image.Row(c, y)[x] = Math.Clamp(0.5f + 0.3f * MathF.Sin((x + seed * 31) / (17f + 3 * c)) * MathF.Cos(y / 23f) + 0.1f * (random.NextSingle() - 0.5f), 0, 1);
                }
            }
        }
        return image;
    }
}
