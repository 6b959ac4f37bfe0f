using PhotoStyle.Imaging;

namespace PhotoStyle.TrainSegmenter;

/// <summary>Changes examples so that few of them stand for many: other parts of the picture, mirrored, in other light.</summary>
internal static class Augmentation
{
    public static Example Of(Example example, Random random)
    {
        FloatImage image = example.Image;
        double scale = 0.55 + 0.45 * random.NextDouble();
        int width = Math.Max(32, (int)(scale * image.Width)), height = Math.Max(32, (int)(Math.Min(1, scale * (0.85 + 0.3 * random.NextDouble())) * image.Height));
        int left = random.Next(image.Width - width + 1), top = random.Next(image.Height - height + 1);
        bool mirrored = random.Next(2) == 1;
        FloatImage part = Crop(image, left, top, width, height, mirrored);
        Relight(part, random);
        return new Example(example.Name, part, Crop(example.Truth, left, top, width, height, mirrored));
    }

    private static FloatImage Crop(FloatImage image, int left, int top, int width, int height, bool mirrored)
    {
        var part = new FloatImage(image.Channels, height, width);
        for (int c = 0; c < image.Channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                Span<float> row = part.Row(c, y);
                image.Row(c, top + y).Slice(left, width).CopyTo(row);
                if (mirrored) row.Reverse();
            }
        }

        return part;
    }

    /// <summary>Another exposure, white balance, saturation and some noise.</summary>
    private static void Relight(FloatImage image, Random random)
    {
        double gamma = Math.Exp(0.6 * (random.NextDouble() - 0.5)), saturation = 0.5 + random.NextDouble(), noise = 0.02 * random.NextDouble();
        double[] gain = [.. Enumerable.Range(0, 3).Select(_ => 0.85 + 0.3 * random.NextDouble())];
        for (int i = 0; i < image.PixelCount; i++)
        {
            double grey = (image.Plane(0)[i] + image.Plane(1)[i] + image.Plane(2)[i]) / 3;
            for (int c = 0; c < 3; c++)
            {
                double value = gain[c] * Math.Pow(Math.Max(0, grey + saturation * (image.Plane(c)[i] - grey)), gamma) + noise * (random.NextDouble() - 0.5);
                image.Plane(c)[i] = (float)Math.Clamp(value, 0, 1);
            }
        }
    }
}
