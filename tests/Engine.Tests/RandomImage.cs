using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests;

/// <summary>Images of seeded noise.</summary>
internal static class RandomImage
{
    public static FloatImage Uniform(int channels, int height, int width, int seed, float low = 0, float high = 1)
    {
        var random = new Random(seed);
        var image = new FloatImage(channels, height, width);
        for (int i = 0; i < image.Data.Length; i++)
            image.Data[i] = low + (high - low) * random.NextSingle();
        return image;
    }

    /// <summary>Labels in vertical stripes whose borders are jagged, so that every class has area and neighbours.</summary>
    public static byte[] Stripes(int height, int width, int count, int seed)
    {
        var random = new Random(seed);
        var labels = new byte[height * width];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = (byte)Math.Clamp((i % width * count / (double)width) + random.NextDouble() * 0.4 - 0.2, 0, count - 1);
        return labels;
    }
}
