using System.Numerics;

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
        var wide = new Vector<double>(weight);
        int d = 0;
        for (; d <= sum.Length - Vector<double>.Count; d += Vector<double>.Count)
            (new Vector<double>(sum, d) + wide * new Vector<double>(value, d)).CopyTo(sum, d);
        for (; d < sum.Length; d++) sum[d] += weight * value[d];
    }
}
