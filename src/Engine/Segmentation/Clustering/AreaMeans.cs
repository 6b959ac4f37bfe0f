using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation.Clustering;

/// <summary>Means of planes over areas, and their standardisation over the photo.</summary>
internal sealed class AreaMeans(Superpixels areas, AreaGraph graph)
{
    private readonly double _all = graph.Sizes.Sum(size => (double)size);

    /// <summary>The mean of a plane over each area; the plane may be smaller than the map of the areas.</summary>
    public double[] Of(FloatImage image, int channel)
    {
        var sums = new double[areas.Count];
        for (int y = 0; y < areas.Height; y++)
        {
            ReadOnlySpan<float> row = image.Row(channel, y * image.Height / areas.Height);
            ReadOnlySpan<int> indices = areas.Indices.AsSpan(y * areas.Width, areas.Width);
            if (image.Width == areas.Width)
            {
                for (int x = 0; x < indices.Length; x++) sums[indices[x]] += row[x];
            }
            else
            {
                for (int x = 0; x < indices.Length; x++) sums[indices[x]] += row[x * image.Width / areas.Width];
            }
        }

        for (int i = 0; i < sums.Length; i++) sums[i] /= graph.Sizes[i];
        return sums;
    }

    /// <summary>Distance from the upper border, distance from the middle column and column of each area, in deviations of a uniform distribution over the frame.</summary>
    public double[][] Places()
    {
        var places = new double[areas.Count][];
        for (int i = 0; i < places.Length; i++) places[i] = new double[3];
        double unit = Math.Sqrt(12);
        for (int y = 0; y < areas.Height; y++)
        {
            for (int x = 0; x < areas.Width; x++)
            {
                double[] place = places[areas.Indices[y * areas.Width + x]];
                double column = (x + 0.5) / areas.Width - 0.5;
                place[0] += unit * ((y + 0.5) / areas.Height - 0.5);
                place[1] += unit * 2 * Math.Abs(column);
                place[2] += unit * column;
            }
        }

        for (int i = 0; i < places.Length; i++)
        {
            for (int d = 0; d < 3; d++) places[i][d] /= graph.Sizes[i];
        }

        return places;
    }

    public double[] Standardised(double[] values, double smallest) => Centred(values, 1 / Math.Max(smallest, Deviation(values)));

    public double[] Centred(double[] values, double scale)
    {
        double mean = Mean(values);
        return [.. values.Select(value => (value - mean) * scale)];
    }

    public double Deviation(double[] values)
    {
        double mean = Mean(values), sum = 0;
        for (int i = 0; i < values.Length; i++) sum += graph.Sizes[i] * (values[i] - mean) * (values[i] - mean);
        return Math.Sqrt(sum / _all);
    }

    private double Mean(double[] values)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++) sum += graph.Sizes[i] * values[i];
        return sum / _all;
    }
}
