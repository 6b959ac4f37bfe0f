using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation.Networks;

/// <summary>Cuts a photo into the inputs of a network and puts the outputs together.</summary>
/// <param name="description">The network.</param>
internal sealed class NetworkWindows(NetworkDescription description)
{
    // Networks see less near the border of their input: a quarter of each tile is seen twice.
    private const double Overlap = 0.25;

    /// <summary>Runs the network over the whole photo.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="infer">From 3×H×W of the input's size to K×h×w.</param>
    /// <returns>K×h×w of the shape of the photo.</returns>
    public FloatImage Run(Photo photo, Func<FloatImage, FloatImage> infer) => description.Fit switch
    {
        PhotoFit.Stretch => infer(Normalised(Resampling.Bilinear(photo.ToFloatImage(Math.Max(description.Width, description.Height)), description.Height, description.Width), 0, 0)),
        PhotoFit.Letterbox => Single(photo, infer),
        _ => Tiled(photo, infer),
    };

    private FloatImage Single(Photo photo, Func<FloatImage, FloatImage> infer)
    {
        double scale = Math.Min((double)description.Width / photo.Width, (double)description.Height / photo.Height);
        FloatImage image = Scaled(photo, scale);
        FloatImage output = infer(Normalised(image, 0, 0));
        int width = Rounded((double)image.Width / description.Width * output.Width), height = Rounded((double)image.Height / description.Height * output.Height);
        return Crop(output, 0, 0, height, width);
    }

    private FloatImage Tiled(Photo photo, Func<FloatImage, FloatImage> infer)
    {
        double scale = Math.Max((double)description.Width / photo.Width, (double)description.Height / photo.Height);
        FloatImage image = Scaled(photo, scale);
        FloatImage? sum = null;
        float[] weights = [];
        foreach (int top in Starts(image.Height, description.Height))
        {
            foreach (int left in Starts(image.Width, description.Width))
            {
                FloatImage output = infer(Normalised(image, left, top));
                double toOutputX = (double)output.Width / description.Width, toOutputY = (double)output.Height / description.Height;
                sum ??= new FloatImage(output.Channels, Rounded(image.Height * toOutputY), Rounded(image.Width * toOutputX));
                if (weights.Length == 0) weights = new float[sum.PixelCount];
                Add(output, (int)Math.Round(left * toOutputX), (int)Math.Round(top * toOutputY), sum, weights);
            }
        }

        for (int k = 0; k < sum!.Channels; k++)
        {
            Span<float> plane = sum.Plane(k);
            for (int i = 0; i < plane.Length; i++) plane[i] /= weights[i];
        }

        return sum;
    }

    /// <summary>Where tiles begin: evenly from one end to the other, overlapping by a quarter or more.</summary>
    private static IEnumerable<int> Starts(int length, int tile)
    {
        if (length <= tile) return [0];
        int count = (int)Math.Ceiling((length - tile) / (tile * (1 - Overlap))) + 1;
        return Enumerable.Range(0, count).Select(i => (int)Math.Round((double)i * (length - tile) / (count - 1)));
    }

    /// <summary>Adds a tile, with weights that fall towards its border.</summary>
    private static void Add(FloatImage output, int left, int top, FloatImage sum, float[] weights)
    {
        for (int y = 0; y < output.Height && top + y < sum.Height; y++)
        {
            for (int x = 0; x < output.Width && left + x < sum.Width; x++)
            {
                float weight = Math.Min(x + 1, output.Width - x) * (float)Math.Min(y + 1, output.Height - y);
                int target = (top + y) * sum.Width + left + x;
                weights[target] += weight;
                for (int k = 0; k < sum.Channels; k++) sum.Plane(k)[target] += weight * output.Row(k, y)[x];
            }
        }
    }

    private static FloatImage Scaled(Photo photo, double scale)
    {
        int width = Rounded(photo.Width * scale), height = Rounded(photo.Height * scale);
        FloatImage image = photo.ToFloatImage(Math.Max(width, height));
        return (image.Width, image.Height) == (width, height) ? image : Resampling.Bilinear(image, height, width);
    }

    /// <summary>The input that begins at a place of an image; what lies beyond the image is the mean, which becomes zero.</summary>
    private FloatImage Normalised(FloatImage image, int left, int top)
    {
        var input = new FloatImage(3, description.Height, description.Width);
        for (int c = 0; c < 3; c++)
        {
            (float mean, float deviation) = ((float)description.Mean[c], (float)description.Deviation[c]);
            for (int y = 0; y < Math.Min(input.Height, image.Height - top); y++)
            {
                ReadOnlySpan<float> source = image.Row(c, top + y)[left..];
                Span<float> target = input.Row(description.Bgr ? 2 - c : c, y);
                for (int x = 0; x < Math.Min(target.Length, source.Length); x++) target[x] = (source[x] - mean) / deviation;
            }
        }

        return input;
    }

    private static FloatImage Crop(FloatImage image, int left, int top, int height, int width)
    {
        var part = new FloatImage(image.Channels, height, width);
        for (int c = 0; c < image.Channels; c++)
        {
            for (int y = 0; y < height; y++) image.Row(c, top + y).Slice(left, width).CopyTo(part.Row(c, y));
        }

        return part;
    }

    private static int Rounded(double size) => Math.Max(1, (int)Math.Round(size));
}
