namespace PhotoStyle.Segmentation.Clustering;

/// <summary>The few operations on vectors of areas, which have some tens of values.</summary>
internal static class AreaVectors
{
    /// <summary>The squared distance.</summary>
    public static double Distance(double[] one, double[] other)
    {
        double sum = 0;
        for (int d = 0; d < one.Length; d++) sum += (one[d] - other[d]) * (one[d] - other[d]);
        return sum;
    }

    /// <summary>sum += weight · value.</summary>
    public static void AddTo(double[] sum, double[] value, double weight)
    {
        for (int d = 0; d < sum.Length; d++) sum[d] += weight * value[d];
    }
}
