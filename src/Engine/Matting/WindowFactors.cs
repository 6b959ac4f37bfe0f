using System.Numerics;
using PhotoStyle.Imaging;

namespace PhotoStyle.Matting;

/// <summary>What the ridge regression of every 3×3 window of a colour image needs: the factors L D Lᵀ of S = Σ_i ĨᵢĨᵢᵀ + ε E, where Ĩ is the
/// colour less the window's mean. S is |w| times the regularised covariance of Levin, Lischinski, Weiss (2008), equation 12.</summary>
/// <remarks>Factors, and not the inverse: grey windows leave S two eigenvalues near ε, and a cofactor inverse then loses all digits for ε = 1e-7,
/// while elimination keeps nine. Likewise float32 is not enough to hold them. The six values of each window are
/// l₁₀, l₂₀, l₂₁, 1/d₀, 1/d₁, 1/d₂.</remarks>
internal sealed unsafe class WindowFactors
{
    public const int PerWindow = 6;

    private readonly PaddedRows _factors;

    public WindowFactors(FloatImage image, double epsilon, ParallelOptions parallel)
    {
        _factors = new PaddedRows(PerWindow * Math.Max(image.Height - 2, 0), image.Width);
        if (image.Width < 3) return;
        Parallel.For(
            1,
            Math.Max(image.Height - 1, 1),
            parallel,
            () => new ImageRows(image.Channels, image.Width),
            (y, _, rows) =>
            {
                rows.Load(image, y - 1);
                rows.Load(image, y);
                rows.Load(image, y + 1);
                FactorRow(rows, y, epsilon);
                return rows;
            },
            _ => { });
    }

    /// <summary>The given factor of the windows whose centres lie in row <paramref name="y"/>, indexed by the centre's column.</summary>
    public double* Row(int factor, int y) => _factors[(y - 1) * PerWindow + factor];

    private void FactorRow(ImageRows rows, int y, double epsilon)
    {
        var ridge = new Vector<double>(epsilon);
        var differences = stackalloc Vector<double>[3 * Neighbours.Count];
        for (var x = 1; x < rows.Width - 1; x += PaddedRows.VectorLength)
        {
            var (mean0, mean1, mean2) = rows.ColourDifferences(y, x, differences);
            var e0 = differences;
            var e1 = differences + Neighbours.Count;
            var e2 = differences + 2 * Neighbours.Count;
            Vector<double> s00 = default, s01 = default, s02 = default, s11 = default, s12 = default, s22 = default;
            for (var i = 0; i < Neighbours.Count; i++)
            {
                s00 = Vector.FusedMultiplyAdd(e0[i], e0[i], s00);
                s01 = Vector.FusedMultiplyAdd(e0[i], e1[i], s01);
                s02 = Vector.FusedMultiplyAdd(e0[i], e2[i], s02);
                s11 = Vector.FusedMultiplyAdd(e1[i], e1[i], s11);
                s12 = Vector.FusedMultiplyAdd(e1[i], e2[i], s12);
                s22 = Vector.FusedMultiplyAdd(e2[i], e2[i], s22);
            }
            var (sum0, sum1, sum2) = (mean0 * Neighbours.WindowSize, mean1 * Neighbours.WindowSize, mean2 * Neighbours.WindowSize);
            s00 = s00 - sum0 * mean0 + ridge;
            s01 -= sum0 * mean1;
            s02 -= sum0 * mean2;
            s11 = s11 - sum1 * mean1 + ridge;
            s12 -= sum1 * mean2;
            s22 = s22 - sum2 * mean2 + ridge;

            var inverse0 = Vector<double>.One / s00;
            var (l10, l20) = (s01 * inverse0, s02 * inverse0);
            var inverse1 = Vector<double>.One / (s11 - l10 * s01);
            var v12 = s12 - l10 * s02;
            var l21 = v12 * inverse1;
            var inverse2 = Vector<double>.One / (s22 - l20 * s02 - l21 * v12);

            l10.Store(Row(0, y) + x);
            l20.Store(Row(1, y) + x);
            l21.Store(Row(2, y) + x);
            inverse0.Store(Row(3, y) + x);
            inverse1.Store(Row(4, y) + x);
            inverse2.Store(Row(5, y) + x);
        }
    }
}
