namespace PhotoStyle.Segmentation.Clustering;

/// <summary>Brings what is known of an area into one vector; the squared distance of two vectors tells how unlike two areas are, also of different photos.</summary>
internal static class AreaFeatures
{
    private const int ContextRounds = 2;

    // The last two, height and side, are not what an area looks like: they take nothing from those around.
    private const int Placing = 2;

    // Squared, in deviations over the photo: from such a difference of colour and texture on, areas beside each other are hardly of one thing.
    private const double Contrast = 0.5;

    /// <summary>Weighs and joins.</summary>
    /// <param name="descriptors">What was measured.</param>
    /// <param name="probabilities">N×K: what the areas probably are.</param>
    /// <param name="weights">What counts how much.</param>
    /// <returns>N vectors.</returns>
    public static double[][] Of(AreaDescriptors descriptors, double[][] probabilities, FeatureWeights weights)
    {
        var result = new double[descriptors.Looks.Length][];
        double deep = weights.Deep / Math.Sqrt(descriptors.Looks[0].Length - AreaDescriptors.Deep);
        Parallel.For(0, result.Length, i =>
        {
            double[] look = descriptors.Looks[i];
            result[i] =
            [
                weights.Lightness * look[AreaDescriptors.Lightness],
                weights.Chroma * look[AreaDescriptors.FirstChroma],
                weights.Chroma * look[AreaDescriptors.FirstChroma + 1],
                weights.Texture * look[AreaDescriptors.Texture],
                .. look[AreaDescriptors.Deep..].Select(value => deep * value),
                // The squared distance of square roots is Hellinger's: 2 for areas that surely are different things.
                .. probabilities[i].Select(value => weights.Meaning * Math.Sqrt(value)),
                weights.Height * descriptors.Places[i][0],
                weights.Side * descriptors.Places[i][1],
            ];
        });
        return result;
    }

    /// <summary>Features that tell what is where: each area takes much from those around it, whatever they are.</summary>
    /// <param name="features">From <see cref="Of"/>.</param>
    /// <param name="graph">What lies beside what.</param>
    /// <param name="weights">What counts how much.</param>
    public static double[][] InContext(double[][] features, AreaGraph graph, FeatureWeights weights) =>
        Spread(features, looks => graph.Mixed(looks, ContextRounds, weights.Context));

    /// <summary>Features that tell what is of one piece: each area takes from those it is bound to, as far as edges let it.</summary>
    /// <param name="features">From <see cref="Of"/>.</param>
    /// <param name="bonds">What holds the areas together.</param>
    public static double[][] Diffused(double[][] features, AreaBonds bonds) => Spread(features, looks => AreaDiffusion.Of(looks, bonds));

    /// <summary>Features that tell where a thing ends: each area takes from those around it that look like it.</summary>
    /// <param name="features">From <see cref="Of"/>.</param>
    /// <param name="graph">What lies beside what.</param>
    /// <param name="weights">What counts how much.</param>
    public static double[][] WithinEdges(double[][] features, AreaGraph graph, FeatureWeights weights) =>
        AreaSmoothing.Of(graph, Looks(features, weights), features, Contrast);

    /// <summary>Lightness, chroma and texture alone, in deviations over the photo.</summary>
    /// <param name="features">From <see cref="Of"/>.</param>
    /// <param name="weights">What counts how much.</param>
    public static double[][] Looks(double[][] features, FeatureWeights weights)
    {
        double[] units = [weights.Lightness, weights.Chroma, weights.Chroma, weights.Texture];
        return [.. features.Select(row => units.Select((unit, d) => row[d] / unit).ToArray())];
    }

    /// <summary>Spreads all but the place.</summary>
    private static double[][] Spread(double[][] features, Func<double[][], double[][]> spread) =>
        [.. spread([.. features.Select(row => row[..^Placing])]).Zip(features, (look, row) => (double[])[.. look, .. row[^Placing..]])];
}
