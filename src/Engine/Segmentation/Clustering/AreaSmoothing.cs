namespace PhotoStyle.Segmentation.Clustering;

/// <summary>Lets areas that lie beside each other and look alike agree on what they are.</summary>
internal static class AreaSmoothing
{
    private const int Rounds = 2;

    /// <summary>Averages vectors over an area and those beside it, by the length of their borders and by how alike they look.</summary>
    /// <param name="graph">What lies beside what.</param>
    /// <param name="looks">N vectors that tell which areas look alike.</param>
    /// <param name="vectors">N vectors; what sums to one in each area does so again.</param>
    /// <param name="contrast">Squared distance of looks at which a neighbour counts for 1/e.</param>
    public static double[][] Of(AreaGraph graph, double[][] looks, double[][] vectors, double contrast)
    {
        for (int round = 0; round < Rounds; round++)
        {
            double[][] source = vectors, smooth = new double[source.Length][];
            Parallel.For(0, source.Length, i => smooth[i] = Mean(graph, looks, source, contrast, i));
            vectors = smooth;
        }

        return vectors;
    }

    private static double[] Mean(AreaGraph graph, double[][] looks, double[][] source, double contrast, int i)
    {
        (int Area, int Length)[] neighbours = graph.Neighbours[i];
        double length = neighbours.Sum(beside => beside.Length), sum = 1;
        double[] mean = [.. source[i]];
        foreach ((int area, int border) in neighbours)
        {
            double weight = border / length * Math.Exp(-AreaVectors.Distance(looks[i], looks[area]) / contrast);
            sum += weight;
            AreaVectors.AddTo(mean, source[area], weight);
        }

        for (int k = 0; k < mean.Length; k++) mean[k] /= sum;
        return mean;
    }
}
