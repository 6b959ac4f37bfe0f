using PhotoStyle.Imaging;

namespace PhotoStyle.Cli.Tests;

/// <summary>Small pictures for quick runs.</summary>
internal static class Pictures
{
    public const int Width = 96, Height = 64;

    /// <summary>Two photos with some structure and different colours, and masks that cut them into halves: blue above green.</summary>
    public static void WritePair(TemporaryFolder files)
    {
        Write(files["content.png"], seed: 1, [0.2f, 0.4f, 0.6f]);
        Write(files["style.png"], seed: 2, [0.7f, 0.5f, 0.2f]);
        WriteMask(files["content-mask.png"], Width, Height, top: [0, 0, 1]);
        WriteMask(files["style-mask.png"], Width, Height, top: [0, 0, 1]);
    }

    public static void Write(string path, int seed, float[] tint, int width = Width, int height = Height, int bitDepth = 8)
    {
        var random = new Random(seed);
        Make(path, width, height, bitDepth, (x, y, c) => tint[c] + 0.2f * MathF.Sin(x * (c + 1) / 7f + seed) * MathF.Cos(y / 5f) + 0.05f * (random.NextSingle() - 0.5f));
    }

    /// <summary>The upper half in one of the palette's colours, the lower half green.</summary>
    public static void WriteMask(string path, int width, int height, float[] top) =>
        Make(path, width, height, 8, (_, y, c) => y < height / 2 ? top[c] : c == 1 ? 1 : 0);

    /// <summary>All samples of an 8-bit photo.</summary>
    public static byte[] Pixels(string path)
    {
        using Photo photo = PhotoReader.Read(path);
        var pixels = new List<byte>();
        for (int y = 0; y < photo.Height; y++)
            pixels.AddRange(photo.Row8(y));
        return [.. pixels];
    }

    private static void Make(string path, int width, int height, int bitDepth, Func<int, int, int, float> value)
    {
        var image = new FloatImage(3, height, width);
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                    image.Plane(c)[y * width + x] = value(x, y, c);
            }
        }
        using Photo photo = Photo.FromFloatImage(image, bitDepth);
        PhotoWriter.Write(photo, path);
    }
}
