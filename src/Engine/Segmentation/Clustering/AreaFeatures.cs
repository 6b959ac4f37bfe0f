namespace PhotoStyle.Segmentation.Clustering;

/// <summary>Brings what is known of an area into one vector; the squared distance of two vectors tells how unlike two areas are, also of different photos.</summary>
internal static class AreaFeatures
{
    private const int ContextRounds = 2;

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
            ];
        });
        result = descriptors.Mixed(result, ContextRounds, weights.Context);
        for (int i = 0; i < result.Length; i++)
            result[i] = [.. result[i], weights.Height * descriptors.Places[i][0], weights.Side * descriptors.Places[i][1]];
        return result;
    }
}
