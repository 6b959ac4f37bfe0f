using PhotoStyle.Features;
using PhotoStyle.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Segmentation.Clustering;

/// <summary>What can be measured in each area of a photo: colour, texture, feature maps of an encoder, place and what lies around, above and below.</summary>
/// <remarks>
/// Most is standardised over the photo: a night and a day have no colour in common, but in both the sky is lighter, smoother and higher than the woods.
/// The encoder has weights of its own, made from a fixed seed: the classifier was trained with them.
/// </remarks>
internal sealed class AreaDescriptors
{
    /// <summary>Columns of <see cref="Looks"/> that are lightness, chroma (two), texture, and the same four without standardisation; feature maps follow.</summary>
    public const int Lightness = 0, FirstChroma = 1, Texture = 3, Absolute = 4, Deep = 8;

    // Below this, in units of L*, gradients are noise.
    private const double SmallestGradient = 0.3;

    // Photos of one tone have nothing to standardise: differences below these, in the units of the feature, are not stretched.
    private const double SmallestColour = 4;
    private const double SmallestTexture = 0.2;
    private const double SmallestDeep = 1e-3;

    private const int NearRounds = 2, FarRounds = 8;
    private const double NearShare = 0.5;

    // Above and below is what lies in a strip of this half width, in shares of the frame.
    private const double Strip = 0.12;

    private const int EncoderSeed = 1;

    private static readonly int[][] _widths = [[16], [32], [64], [96]];

    private AreaDescriptors(double[][] looks, double[][] places, AreaGraph graph) => (Looks, Places, Graph) = (looks, places, graph);

    /// <summary>N vectors of what each area looks like.</summary>
    public double[][] Looks { get; }

    /// <summary>N pairs: distance from the upper border and from the middle column, in deviations of a uniform distribution.</summary>
    public double[][] Places { get; }

    /// <summary>What lies beside what.</summary>
    public AreaGraph Graph { get; }

    /// <summary>Measures a photo.</summary>
    /// <param name="image">3×H×W, sRGB-encoded.</param>
    /// <param name="lab">The same in CIE L*a*b*.</param>
    /// <param name="areas">Its areas.</param>
    public static AreaDescriptors Of(FloatImage image, FloatImage lab, Superpixels areas)
    {
        AreaGraph graph = AreaGraph.Of(areas);
        var means = new AreaMeans(areas, graph);
        double[] l = means.Of(lab, 0), a = means.Of(lab, 1), b = means.Of(lab, 2), texture = means.Of(LogGradient(lab), 0);
        // One scale for both: a photo that is blue and yellow shall not become red and green.
        double chroma = Math.Max(SmallestColour, double.Hypot(means.Deviation(a), means.Deviation(b)));
        List<double[]> columns =
        [
            means.Standardised(l, SmallestColour), means.Centred(a, 1 / chroma), means.Centred(b, 1 / chroma), means.Standardised(texture, SmallestTexture),
            [.. l.Select(v => (v - 50) / 25)], [.. a.Select(v => v / 20)], [.. b.Select(v => v / 20)], texture,
        ];
        foreach (FloatImage map in FeatureMaps(image))
        {
            var ofMap = new double[map.Channels][];
            Parallel.For(0, map.Channels, c => ofMap[c] = means.Standardised([.. means.Of(map, c).Select(v => Math.Sqrt(Math.Max(0, v)))], SmallestDeep));
            columns.AddRange(ofMap);
        }

        var looks = new double[areas.Count][];
        Parallel.For(0, looks.Length, i => looks[i] = [.. columns.Select(column => column[i])]);
        return new AreaDescriptors(looks, means.Places(), graph);
    }

    /// <summary>All that tells what an area is: its look, the looks near and far around it, those above and below it, and its place.</summary>
    public double[][] WithContext()
    {
        double[][] near = Graph.Mixed(Looks, NearRounds, NearShare), far = Graph.Mixed(near, FarRounds, 1);
        var result = new double[Looks.Length][];
        Parallel.For(0, result.Length, i => result[i] = [.. Looks[i], .. near[i], .. far[i], .. Column(i, -1), .. Column(i, 1), .. Places[i][..2]]);
        return result;
    }

    /// <summary>The mean colour and texture of what lies above (−1) or below (1) an area; zeros where nothing does.</summary>
    private double[] Column(int i, int direction)
    {
        double unit = Math.Sqrt(12);
        var sum = new double[Deep];
        double size = 0;
        for (int j = 0; j < Looks.Length; j++)
        {
            if (direction * (Places[j][0] - Places[i][0]) < 0.05 * unit || Math.Abs(Places[j][2] - Places[i][2]) > Strip * unit) continue;
            for (int d = 0; d < sum.Length; d++) sum[d] += Graph.Sizes[j] * Looks[j][d];
            size += Graph.Sizes[j];
        }

        if (size > 0)
        {
            for (int d = 0; d < sum.Length; d++) sum[d] /= size;
        }

        return sum;
    }

    private static FloatImage LogGradient(FloatImage lab)
    {
        var result = new FloatImage(1, lab.Height, lab.Width);
        Parallel.For(0, lab.Height, y =>
        {
            ReadOnlySpan<float> row = lab.Row(0, y), below = lab.Row(0, Math.Min(y + 1, lab.Height - 1));
            Span<float> target = result.Row(0, y);
            for (int x = 0; x < row.Length; x++)
                target[x] = (float)Math.Log(SmallestGradient + double.Hypot(row[Math.Min(x + 1, row.Length - 1)] - row[x], below[x] - row[x]));
        });
        return result;
    }

    private static FloatImage[] FeatureMaps(FloatImage image)
    {
        using var encoder = new ConvolutionalEncoder("areas", OrthogonalWeights.Create(_widths, EncoderSeed), Features.Padding.Zero);
        // Nothing is left of a narrow photo at the deepest level: its colours and textures have to do.
        if (Math.Min(image.Width, image.Height) < 2 * encoder.Levels[^1].Stride) return [.. encoder.Levels.Select(level => new FloatImage(level.Channels, 1, 1))];
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = no_grad();
        return [.. encoder.Encode(ImageTensor.From(image, encoder.Device)).Select(ImageTensor.ToFloatImage)];
    }
}
