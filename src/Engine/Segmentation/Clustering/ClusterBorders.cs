namespace PhotoStyle.Segmentation.Clustering;

/// <summary>Moves the borders of a photo's clusters to where its areas differ: what was clustered are features that take much from the areas around, which blurs them.</summary>
internal static class ClusterBorders
{
    private const int Rounds = 2;

    // Of its area, what a cluster keeps: it must not vanish from one photo only.
    private const double Kept = 0.5;

    /// <summary>Lets areas at a border take the cluster on its other side.</summary>
    /// <param name="labels">The cluster of each area.</param>
    /// <param name="count">Number of clusters.</param>
    /// <param name="features">N vectors that do not reach across edges.</param>
    /// <param name="graph">What lies beside what.</param>
    /// <param name="options">What borders cost.</param>
    public static int[] Of(int[] labels, int count, double[][] features, AreaGraph graph, ClusterOptions options)
    {
        int[] result = [.. labels];
        double[] sizes = new double[count];
        for (int i = 0; i < result.Length; i++) sizes[result[i]] += graph.Sizes[i];
        double[] least = [.. sizes.Select(size => Kept * size)];
        for (int round = 0; round < Rounds; round++)
        {
            double[][] centres = Centres(result, count, features, graph);
            for (int i = 0; i < result.Length; i++)
            {
                int from = result[i], into = Best(i, result, centres, features, graph, options);
                if (into == from || sizes[from] - graph.Sizes[i] < least[from]) continue;
                result[i] = into;
                sizes[from] -= graph.Sizes[i];
                sizes[into] += graph.Sizes[i];
            }
        }

        return result;
    }

    private static int Best(int i, int[] labels, double[][] centres, double[][] features, AreaGraph graph, ClusterOptions options)
    {
        (int Area, int Length)[] neighbours = graph.Neighbours[i];
        double length = neighbours.Sum(beside => beside.Length);
        return neighbours.Select(beside => labels[beside.Area]).Append(labels[i]).Distinct().Order().MinBy(label =>
            AreaVectors.Distance(features[i], centres[label]) - neighbours.Where(beside => labels[beside.Area] == label)
                .Sum(beside => options.Smoothness * beside.Length / length * Math.Exp(-AreaVectors.Distance(features[i], features[beside.Area]) / options.Contrast)));
    }

    /// <summary>The mean features of each cluster, by area.</summary>
    internal static double[][] Centres(int[] labels, int count, double[][] features, AreaGraph graph)
    {
        double[][] centres = [.. Enumerable.Range(0, count).Select(_ => new double[features[0].Length])];
        var sizes = new double[count];
        for (int i = 0; i < labels.Length; i++)
        {
            AreaVectors.AddTo(centres[labels[i]], features[i], graph.Sizes[i]);
            sizes[labels[i]] += graph.Sizes[i];
        }

        for (int k = 0; k < count; k++)
        {
            for (int d = 0; d < centres[k].Length; d++) centres[k][d] /= Math.Max(1, sizes[k]);
        }

        return centres;
    }
}
