using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>What a region looks like and where it lies, in units in which regions of different photos can be compared.</summary>
/// <remarks>
/// Lightness is standardised over its whole photo, because a photo by night and one by day differ in it everywhere: what counts is whether a region
/// is a light or a dark part of its photo. Texture is the logarithm of the mean gradient of that lightness.
/// </remarks>
internal sealed class RegionAppearance
{
    // One unit of distance: this much chroma, or this part of the frame's height. One standard deviation of lightness is one unit by definition.
    private const double Chroma = 25;
    private const double FrameHeight = 0.4;

    // Gradients below this, in standard deviations of lightness per pixel, are noise.
    private const double SmallestGradient = 0.01;

    private readonly double[] _features;

    private RegionAppearance(double[] features) => _features = features;

    /// <summary>Squared distance; 0 for the same look and place.</summary>
    public double DistanceTo(RegionAppearance other) =>
        _features.Zip(other._features, (mine, theirs) => (mine - theirs) * (mine - theirs)).Sum();

    /// <summary>The appearance of every label that occurs.</summary>
    /// <param name="regions">H·W labels.</param>
    /// <param name="photo">3×H×W, sRGB-encoded.</param>
    public static Dictionary<byte, RegionAppearance> OfAll(ReadOnlySpan<byte> regions, FloatImage photo)
    {
        FloatImage lab = ColourSpace.ToLab(photo);
        Standardise(lab.Plane(0));
        var sums = new Dictionary<byte, Sums>();
        for (int y = 0; y < photo.Height; y++)
        {
            for (int x = 0; x < photo.Width; x++)
            {
                int i = y * photo.Width + x;
                if (!sums.TryGetValue(regions[i], out Sums? sum))
                    sums[regions[i]] = sum = new Sums();
                sum.Add(lab, i, Gradient(lab, regions, y, x), (y + 0.5) / photo.Height);
            }
        }
        return sums.ToDictionary(entry => entry.Key, entry => entry.Value.ToAppearance());
    }

    private static void Standardise(Span<float> lightness)
    {
        double sum = 0, squares = 0;
        foreach (float value in lightness)
        {
            sum += value;
            squares += (double)value * value;
        }
        double mean = sum / lightness.Length;
        // At least one unit of lightness: a photo of one tone has no contrast to speak of.
        double deviation = Math.Sqrt(Math.Max(1, squares / lightness.Length - mean * mean));
        for (int i = 0; i < lightness.Length; i++)
            lightness[i] = (float)((lightness[i] - mean) / deviation);
    }

    /// <summary>Length of the gradient towards the right and lower neighbour, within the region: its border is not its texture.</summary>
    private static double Gradient(FloatImage lab, ReadOnlySpan<byte> regions, int y, int x)
    {
        int i = y * lab.Width + x;
        int right = x + 1 < lab.Width && regions[i + 1] == regions[i] ? i + 1 : i;
        int below = y + 1 < lab.Height && regions[i + lab.Width] == regions[i] ? i + lab.Width : i;
        return double.Hypot(lab.Data[right] - lab.Data[i], lab.Data[below] - lab.Data[i]);
    }

    private sealed class Sums
    {
        private readonly double[] _sums = new double[3];
        private readonly double[] _squares = new double[3];
        private double _gradient;
        private double _height;
        private int _count;

        public void Add(FloatImage lab, int pixel, double gradient, double height)
        {
            for (int c = 0; c < 3; c++)
            {
                double value = lab.Data[c * lab.PixelCount + pixel] / (c == 0 ? 1 : Chroma);
                _sums[c] += value;
                _squares[c] += value * value;
            }
            _gradient += gradient;
            _height += height;
            _count++;
        }

        public RegionAppearance ToAppearance()
        {
            var features = new double[8];
            for (int c = 0; c < 3; c++)
            {
                double mean = _sums[c] / _count;
                features[c] = mean;
                features[3 + c] = Math.Sqrt(Math.Max(0, _squares[c] / _count - mean * mean));
            }
            features[6] = Math.Log(SmallestGradient + _gradient / _count);
            features[7] = _height / _count / FrameHeight;
            return new RegionAppearance(features);
        }
    }
}
