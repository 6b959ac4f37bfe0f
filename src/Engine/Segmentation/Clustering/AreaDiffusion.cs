using System.Numerics;

namespace PhotoStyle.Segmentation.Clustering;

/// <summary>Spreads the features of areas along their bonds: what edges enclose comes to be of one kind, however light or haze changes within it.</summary>
/// <remarks>
/// The minimum of Σ_i&lt;j W_ij ‖g_i − g_j‖² + c Σ_i ‖g_i − f_i‖², so (D − W + c) g = c f: Zhou et al., <i>Learning with Local and Global Consistency</i> (2004), with features
/// in the place of labels. N is some hundreds: a dense factor is quick, and there is no question of convergence.
/// </remarks>
internal static class AreaDiffusion
{
    // c: how much an area keeps to what it is. An area with no edge to its neighbours has bonds of about 2 to weigh against.
    private const double Keep = 0.045;

    /// <summary>Spreads.</summary>
    /// <param name="features">N vectors.</param>
    /// <param name="bonds">What holds the areas together.</param>
    /// <returns>N vectors, each a mean of <paramref name="features"/>.</returns>
    public static double[][] Of(double[][] features, AreaBonds bonds)
    {
        double[][] factor = Factor(bonds);
        double[][] rows = [.. features.Select(row => row.Select(value => Keep * value).ToArray())];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int k = 0; k < i; k++) Subtract(rows[i], rows[k], factor[i][k]);
            Divide(rows[i], factor[i][i]);
        }

        for (int i = rows.Length - 1; i >= 0; i--)
        {
            Divide(rows[i], factor[i][i]);
            for (int k = 0; k < i; k++) Subtract(rows[k], rows[i], factor[i][k]);
        }

        return rows;
    }

    /// <summary>Cholesky's factor of D − W + c, which is symmetric and, as c is positive, positive definite: the lower triangle, row by row.</summary>
    private static double[][] Factor(AreaBonds bonds)
    {
        double[][] rows = [.. bonds.All.Select((own, i) =>
        {
            var row = new double[i + 1];
            foreach ((int area, double bond) in own)
            {
                if (area < i) row[area] = -bond;
            }

            row[i] = own.Values.Sum() + Keep;
            return row;
        })];
        for (int j = 0; j < rows.Length; j++)
        {
            double[] pivot = rows[j];
            int column = j;
            pivot[j] = Math.Sqrt(pivot[j] - Dot(pivot, pivot, j));
            Parallel.For(j + 1, rows.Length, i => rows[i][column] = (rows[i][column] - Dot(rows[i], pivot, column)) / pivot[column]);
        }

        return rows;
    }

    private static void Divide(double[] row, double divisor)
    {
        for (int d = 0; d < row.Length; d++) row[d] /= divisor;
    }

    private static void Subtract(double[] from, double[] row, double factor)
    {
        if (factor != 0) AreaVectors.AddTo(from, row, -factor);
    }

    private static double Dot(double[] one, double[] other, int count)
    {
        Vector<double> sums = Vector<double>.Zero;
        int d = 0;
        for (; d <= count - Vector<double>.Count; d += Vector<double>.Count) sums += new Vector<double>(one, d) * new Vector<double>(other, d);
        double sum = Vector.Sum(sums);
        for (; d < count; d++) sum += one[d] * other[d];
        return sum;
    }
}
