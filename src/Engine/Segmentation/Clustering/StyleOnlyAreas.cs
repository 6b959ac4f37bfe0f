namespace PhotoStyle.Segmentation.Clustering;

/// <summary>Finds what a cluster holds in the style and the content has nothing like: a red barn in a meadow would colour the content's meadow.</summary>
internal static class StyleOnlyAreas
{
    // In squared units of FeatureWeights, after each photo's part of a cluster was moved as far to the other as light differs.
    private const double Far = 3, Shift = 0.6;

    // So many areas of the content have to be near: one alone is chance.
    private const int Nearest = 3;

    // A thing is a small part of its cluster. Where more is unlike the content the light differs, and what the cluster holds is the best there is.
    private const double MostOfCluster = 0.1;

    /// <summary>Tells which areas of the style to leave out.</summary>
    /// <param name="content">N vectors that do not reach across edges.</param>
    /// <param name="contentLabels">The cluster of each area of the content.</param>
    /// <param name="style">N' vectors of the same kind.</param>
    /// <param name="styleLabels">The cluster of each area of the style.</param>
    /// <param name="styleGraph">The sizes of the style's areas.</param>
    /// <param name="contentGraph">The sizes of the content's areas.</param>
    /// <param name="count">Number of clusters.</param>
    public static bool[] Of(double[][] content, int[] contentLabels, AreaGraph contentGraph, double[][] style, int[] styleLabels, AreaGraph styleGraph, int count)
    {
        double[][] from = Shifted(content, contentLabels, contentGraph, count), to = Shifted(style, styleLabels, styleGraph, count);
        var isFar = new bool[style.Length];
        Parallel.For(0, isFar.Length, i =>
        {
            double[] distances = [.. Enumerable.Range(0, from.Length).Where(j => contentLabels[j] == styleLabels[i]).Select(j => AreaVectors.Distance(from[j], to[i])).Order().Take(Nearest)];
            isFar[i] = distances.Length == Nearest && distances[^1] > Far;
        });
        for (int k = 0; k < count; k++)
        {
            int[] members = [.. Enumerable.Range(0, isFar.Length).Where(i => styleLabels[i] == k)];
            if (members.Where(i => isFar[i]).Sum(i => styleGraph.Sizes[i]) < MostOfCluster * members.Sum(i => styleGraph.Sizes[i])) continue;
            foreach (int i in members) isFar[i] = false;
        }

        return isFar;
    }

    private static double[][] Shifted(double[][] features, int[] labels, AreaGraph graph, int count)
    {
        double[][] centres = ClusterBorders.Centres(labels, count, features, graph);
        return [.. features.Select((row, i) => row.Select((value, d) => value - Shift * centres[labels[i]][d]).ToArray())];
    }
}
