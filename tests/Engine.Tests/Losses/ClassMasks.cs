using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Losses;

/// <summary>The ways in which classes can lie in a content and a style photo.</summary>
internal static class ClassMasks
{
    public static readonly string[] Kinds = ["one class", "hard borders", "soft borders", "empty class", "absent from the style", "too small at a level", "too small everywhere"];

    public static (FloatImage Content, FloatImage Style) Make(string kind, (int Height, int Width) content, (int Height, int Width) style) => kind switch
    {
        "one class" => (Stripes(1, content), Stripes(1, style)),
        "hard borders" => (Stripes(3, content), Stripes(3, style)),
        "soft borders" => (Soft(3, content), Stripes(3, style)),
        "empty class" => (With(Soft(2, content), 0), With(Stripes(2, style), 0)),
        "absent from the style" => (Soft(3, content), Without(Stripes(3, style), 1)),
        // Six pixels in a row are enough at full size, and at half size less than three.
        "too small at a level" => (With(Stripes(2, content), 6), With(Stripes(2, style), 6)),
        "too small everywhere" => (Single(content), Single(style)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static FloatImage Stripes(int count, (int Height, int Width) size)
    {
        var masks = new FloatImage(count, size.Height, size.Width);
        byte[] labels = RandomImage.Stripes(size.Height, size.Width, count, seed: 7);
        for (int i = 0; i < labels.Length; i++) masks.Plane(labels[i])[i] = 1;
        return masks;
    }

    /// <summary>Shares that sum to one: in a third of the pixels of all classes, in a third of two, in a third of one.</summary>
    private static FloatImage Soft(int count, (int Height, int Width) size)
    {
        FloatImage masks = RandomImage.Uniform(count, size.Height, size.Width, seed: 8, low: 0.1f);
        for (int i = 0; i < masks.PixelCount; i++)
        {
            for (int k = 0; k < i % 3 && k < count - 1; k++) masks.Plane((i / 3 + k) % count)[i] = 0;
            float sum = 0;
            for (int k = 0; k < count; k++) sum += masks.Plane(k)[i];
            for (int k = 0; k < count; k++) masks.Plane(k)[i] /= sum;
        }
        return masks;
    }

    /// <summary>One class more, which takes the first pixels of the second row.</summary>
    private static FloatImage With(FloatImage masks, int pixels)
    {
        var result = new FloatImage(masks.Channels + 1, masks.Height, masks.Width, [.. masks.Data, .. new float[masks.PixelCount]]);
        for (int x = 0; x < pixels; x++)
        {
            for (int k = 0; k < masks.Channels; k++) result.Row(k, 1)[x] = 0;
            result.Row(masks.Channels, 1)[x] = 1;
        }
        return result;
    }

    private static FloatImage Without(FloatImage masks, int lacking)
    {
        masks.Plane(lacking).Clear();
        return masks;
    }

    private static FloatImage Single((int Height, int Width) size)
    {
        var masks = new FloatImage(2, size.Height, size.Width);
        masks.Data[3] = masks.Plane(1)[4] = 1;
        return masks;
    }
}
