namespace PhotoStyle.Segmentation.Clustering;

/// <summary>Lets areas that lie beside each other and look alike agree on what they are.</summary>
internal static class AreaSmoothing
{
    private const int Rounds = 2;

    // Squared distance of colour and texture, in deviations over the photo, at which a neighbour counts for 1/e.
    private const double Contrast = 0.3;

    /// <summary>Averages probabilities over an area and those beside it, by the length of their borders and by how alike they look.</summary>
    /// <param name="descriptors">The areas.</param>
    /// <param name="probabilities">N×K, summing to one in each area.</param>
    /// <returns>N×K, summing to one again.</returns>
    public static double[][] Of(AreaDescriptors descriptors, double[][] probabilities)
    {
        for (int round = 0; round < Rounds; round++)
        {
            double[][] source = probabilities, smooth = new double[source.Length][];
            Parallel.For(0, source.Length, i => smooth[i] = Mean(descriptors, source, i));
            probabilities = smooth;
        }

        return probabilities;
    }

    private static double[] Mean(AreaDescriptors descriptors, double[][] source, int i)
    {
        (int Area, int Length)[] neighbours = descriptors.Graph.Neighbours[i];
        double length = neighbours.Sum(beside => beside.Length), sum = 1;
        double[] mean = [.. source[i]];
        foreach ((int area, int border) in neighbours)
        {
            double weight = border / length * Math.Exp(-Distance(descriptors.Looks[i], descriptors.Looks[area]) / Contrast);
            sum += weight;
            for (int k = 0; k < mean.Length; k++) mean[k] += weight * source[area][k];
        }

        for (int k = 0; k < mean.Length; k++) mean[k] /= sum;
        return mean;
    }

    private static double Distance(double[] one, double[] other)
    {
        double sum = 0;
        for (int d = 0; d < AreaDescriptors.Absolute; d++) sum += (one[d] - other[d]) * (one[d] - other[d]);
        return sum;
    }
}
