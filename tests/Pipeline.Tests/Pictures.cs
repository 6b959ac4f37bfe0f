using PhotoStyle.Imaging;

namespace PhotoStyle.Pipeline.Tests;

/// <summary>Small photos as files.</summary>
internal static class Pictures
{
    /// <summary>A bright upper and a dark lower half with some texture.</summary>
    public static byte[] Png(int seed, int width = 72, int height = 56) => Write(Scene(seed, width, height), PhotoFormat.Png);

    public static byte[] Jpeg(int seed, int width = 72, int height = 56) => Write(Scene(seed, width, height), PhotoFormat.Jpeg);

    /// <summary>An index mask: 1 above, 2 below.</summary>
    public static byte[] Mask(int width = 72, int height = 56)
    {
        var image = new FloatImage(3, height, width);
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < height; y++) image.Row(c, y).Fill((y < height / 2 ? 1 : 2) / 255f);
        }
        return Write(image, PhotoFormat.Png);
    }

    public static (int Width, int Height) SizeOf(byte[] bytes)
    {
        using Photo photo = PhotoReader.Read(bytes, "picture");
        return (photo.Width, photo.Height);
    }

    private static FloatImage Scene(int seed, int width, int height)
    {
        var random = new Random(seed);
        var image = new FloatImage(3, height, width);
        float[] above = [.. Enumerable.Range(0, 3).Select(_ => 0.5f + 0.4f * random.NextSingle())], below = [.. Enumerable.Range(0, 3).Select(_ => 0.1f + 0.3f * random.NextSingle())];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float texture = 0.08f * random.NextSingle() + 0.05f * MathF.Sin(x * 0.5f);
                for (int c = 0; c < 3; c++) image.Row(c, y)[x] = (y < height / 2 ? above[c] : below[c]) + texture;
            }
        }
        return image;
    }

    private static byte[] Write(FloatImage image, PhotoFormat format)
    {
        using Photo photo = Photo.FromFloatImage(image);
        using var stream = new MemoryStream();
        PhotoWriter.Write(photo, stream, format);
        return stream.ToArray();
    }
}
