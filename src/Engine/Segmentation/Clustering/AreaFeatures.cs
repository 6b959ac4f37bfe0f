using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation.Clustering;

/// <summary>
/// What each area of a photo looks like and where it lies, as a vector; the squared distance of two vectors tells how unlike two areas are, also of different photos.
/// </summary>
/// <remarks>
/// Every feature is standardised over its photo. A night and a day have no colour in common, but in both the sky is lighter, smoother and higher than the woods.
/// </remarks>
internal static class AreaFeatures
{
    // Below this, in units of L*, gradients are noise.
    private const double SmallestGradient = 0.3;

    // Photos of one tone have nothing to standardise: differences below these, in the units of the feature, are not stretched.
    private const double SmallestLightness = 4;
    private const double SmallestChroma = 4;
    private const double SmallestOther = 1e-3;

    private const int ContextRounds = 2;

    /// <summary>Computes the features.</summary>
    /// <param name="lab">3×H×W.</param>
    /// <param name="maps">Feature maps C×h×w of an encoder, at any strides.</param>
    /// <param name="areas">The areas.</param>
    /// <param name="graph">What lies beside what.</param>
    /// <param name="weights">What counts how much.</param>
    /// <returns>N vectors.</returns>
    public static double[][] Of(FloatImage lab, IReadOnlyList<FloatImage> maps, Superpixels areas, AreaGraph graph, FeatureWeights weights)
    {
        var columns = new List<double[]>();
        FloatImage gradient = LogGradient(lab);
        Add(Means(areas, graph, lab.Plane(0), lab.Height, lab.Width), SmallestLightness, weights.Lightness);
        // One scale for both: a photo that is blue and yellow shall not become red and green.
        double[] a = Means(areas, graph, lab.Plane(1), lab.Height, lab.Width), b = Means(areas, graph, lab.Plane(2), lab.Height, lab.Width);
        double chroma = Math.Max(SmallestChroma, Math.Sqrt(Math.Pow(Deviation(a, graph), 2) + Math.Pow(Deviation(b, graph), 2)));
        Add(a, chroma, weights.Chroma);
        Add(b, chroma, weights.Chroma);
        Add(Means(areas, graph, gradient.Plane(0), lab.Height, lab.Width), 0.2, weights.Texture);
        int channels = maps.Sum(map => map.Channels);
        foreach (FloatImage map in maps)
        {
            var ofMap = new double[map.Channels][];
            Parallel.For(0, map.Channels, c => ofMap[c] = [.. Means(areas, graph, map.Plane(c), map.Height, map.Width).Select(v => Math.Sqrt(Math.Max(0, v)))]);
            foreach (double[] column in ofMap) Add(column, SmallestOther, weights.Deep / Math.Sqrt(channels));
        }

        double[][] features = Transpose(columns, areas.Count);
        for (int i = 0; i < ContextRounds; i++) features = Mix(features, graph, weights.Context);
        double[][] places = Places(areas, graph, weights);
        return [.. features.Zip(places, (look, place) => (double[])[.. look, .. place])];

        void Add(double[] column, double smallest, double weight)
        {
            double mean = Mean(column, graph), scale = weight / Math.Max(smallest, Deviation(column, graph));
            columns.Add([.. column.Select(value => (value - mean) * scale)]);
        }
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

    /// <summary>The mean of a plane over each area; the plane may be smaller than the map of the areas.</summary>
    private static double[] Means(Superpixels areas, AreaGraph graph, ReadOnlySpan<float> plane, int height, int width)
    {
        var sums = new double[areas.Count];
        for (int y = 0; y < areas.Height; y++)
        {
            ReadOnlySpan<float> row = plane.Slice(y * height / areas.Height * width, width);
            ReadOnlySpan<int> indices = areas.Indices.AsSpan(y * areas.Width, areas.Width);
            if (width == areas.Width)
            {
                for (int x = 0; x < indices.Length; x++) sums[indices[x]] += row[x];
            }
            else
            {
                for (int x = 0; x < indices.Length; x++) sums[indices[x]] += row[x * width / areas.Width];
            }
        }

        for (int i = 0; i < sums.Length; i++) sums[i] /= graph.Sizes[i];
        return sums;
    }

    private static double[][] Places(Superpixels areas, AreaGraph graph, FeatureWeights weights)
    {
        var places = new double[areas.Count][];
        for (int i = 0; i < places.Length; i++) places[i] = new double[2];
        // The deviation of a uniform distribution over the frame.
        double unit = Math.Sqrt(12);
        for (int y = 0; y < areas.Height; y++)
        {
            for (int x = 0; x < areas.Width; x++)
            {
                double[] place = places[areas.Indices[y * areas.Width + x]];
                place[0] += unit * weights.Height * ((y + 0.5) / areas.Height - 0.5);
                place[1] += unit * weights.Side * 2 * Math.Abs((x + 0.5) / areas.Width - 0.5);
            }
        }

        for (int i = 0; i < places.Length; i++) places[i] = [places[i][0] / graph.Sizes[i], places[i][1] / graph.Sizes[i]];
        return places;
    }

    private static double[][] Mix(double[][] features, AreaGraph graph, double share)
    {
        var mixed = new double[features.Length][];
        Parallel.For(0, features.Length, i =>
        {
            double[] own = features[i], target = new double[own.Length];
            double length = graph.Neighbours[i].Sum(beside => beside.Length);
            double kept = length > 0 ? 1 - share : 1;
            for (int d = 0; d < own.Length; d++) target[d] = kept * own[d];
            foreach ((int area, int border) in graph.Neighbours[i])
            {
                double weight = share * border / length;
                double[] other = features[area];
                for (int d = 0; d < own.Length; d++) target[d] += weight * other[d];
            }

            mixed[i] = target;
        });
        return mixed;
    }

    private static double[][] Transpose(List<double[]> columns, int count)
    {
        var rows = new double[count][];
        Parallel.For(0, count, i =>
        {
            rows[i] = new double[columns.Count];
            for (int d = 0; d < columns.Count; d++) rows[i][d] = columns[d][i];
        });
        return rows;
    }

    private static double Mean(double[] values, AreaGraph graph)
    {
        double sum = 0, size = 0;
        for (int i = 0; i < values.Length; i++) (sum, size) = (sum + graph.Sizes[i] * values[i], size + graph.Sizes[i]);
        return sum / size;
    }

    private static double Deviation(double[] values, AreaGraph graph)
    {
        double mean = Mean(values, graph), sum = 0, size = 0;
        for (int i = 0; i < values.Length; i++) (sum, size) = (sum + graph.Sizes[i] * (values[i] - mean) * (values[i] - mean), size + graph.Sizes[i]);
        return Math.Sqrt(sum / size);
    }
}
