namespace PhotoStyle.Segmentation.Clustering;

/// <summary>Which areas lie beside each other, and how long their borders are.</summary>
internal sealed class AreaGraph
{
    private AreaGraph((int Area, int Length)[][] neighbours, int[] sizes) => (Neighbours, Sizes) = (neighbours, sizes);

    /// <summary>For each area those beside it, ascending, with the length of the border in pairs of pixels.</summary>
    public IReadOnlyList<(int Area, int Length)[]> Neighbours { get; }

    /// <summary>Pixels of each area.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>Takes a share of each vector from the areas beside it, by the length of their borders, some times.</summary>
    /// <param name="vectors">N vectors.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="share">How much, 0 to 1.</param>
    public double[][] Mixed(double[][] vectors, int rounds, double share)
    {
        for (int round = 0; round < rounds; round++)
        {
            double[][] source = vectors, mixed = new double[source.Length][];
            Parallel.For(0, source.Length, i => mixed[i] = Mix(source, i, share));
            vectors = mixed;
        }

        return vectors;
    }

    public static AreaGraph Of(Superpixels areas)
    {
        var borders = new SortedDictionary<int, int>[areas.Count];
        for (int i = 0; i < borders.Length; i++) borders[i] = [];
        var sizes = new int[areas.Count];
        for (int y = 0; y < areas.Height; y++)
        {
            for (int x = 0; x < areas.Width; x++)
            {
                int i = y * areas.Width + x, area = areas.Indices[i];
                sizes[area]++;
                if (x + 1 < areas.Width) Add(area, areas.Indices[i + 1]);
                if (y + 1 < areas.Height) Add(area, areas.Indices[i + areas.Width]);
            }
        }

        return new AreaGraph([.. borders.Select(beside => beside.Select(pair => (pair.Key, pair.Value)).ToArray())], sizes);

        void Add(int one, int other)
        {
            if (one == other) return;
            borders[one][other] = borders[one].GetValueOrDefault(other) + 1;
            borders[other][one] = borders[other].GetValueOrDefault(one) + 1;
        }
    }

    private double[] Mix(double[][] source, int i, double share)
    {
        double length = Neighbours[i].Sum(beside => beside.Length), kept = length > 0 ? 1 - share : 1;
        double[] target = [.. source[i].Select(value => kept * value)];
        foreach ((int area, int border) in Neighbours[i]) AreaVectors.AddTo(target, source[area], share * border / length);

        return target;
    }
}
