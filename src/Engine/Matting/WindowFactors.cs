using System.Numerics;
using System.Runtime.CompilerServices;
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

    private WindowFactors(PaddedRows factors) => _factors = factors;

    public WindowFactors(FloatImage image, double epsilon, ParallelOptions parallel)
    {
        _factors = new PaddedRows(RowCount(image.Height), image.Width);
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

    /// <summary>The first factor of the windows whose centres lie in row <paramref name="y"/>, indexed by the centre's column. The others follow
    /// at the stride of <see cref="PaddedRows"/>.</summary>
    public double* Row(int y) => _factors[(y - 1) * PerWindow];

    public void Save(BinaryWriter writer)
    {
        for (int row = 0; row < _factors.Rows; row++) writer.Write(Bytes(_factors, row));
    }

    public static WindowFactors Load(BinaryReader reader, int width, int height)
    {
        var factors = new PaddedRows(RowCount(height), width);
        for (int row = 0; row < factors.Rows; row++) reader.BaseStream.ReadExactly(Bytes(factors, row));
        return new WindowFactors(factors);
    }

    private static int RowCount(int height) => PerWindow * Math.Max(height - 2, 0);

    private static Span<byte> Bytes(PaddedRows rows, int row) => new(rows[row], rows.Width * sizeof(double));

    /// <summary>Solves S a = c for as many neighbouring windows as a vector holds.</summary>
    /// <param name="factors">The first factor of the first window: <see cref="Row"/> plus the column of its centre.</param>
    /// <param name="stride">Distance to the next factor of the same window.</param>
    /// <param name="c0">First right-hand side.</param>
    /// <param name="c1">Second right-hand side.</param>
    /// <param name="c2">Third right-hand side.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<double> A0, Vector<double> A1, Vector<double> A2) Solve(
        double* factors,
        nint stride,
        Vector<double> c0,
        Vector<double> c1,
        Vector<double> c2)
    {
        var l10 = Vector.Load(factors);
        var l20 = Vector.Load(factors + stride);
        var l21 = Vector.Load(factors + 2 * stride);
        c1 = Vector.FusedMultiplyAdd(-l10, c0, c1);
        c2 = Vector.FusedMultiplyAdd(-l21, c1, Vector.FusedMultiplyAdd(-l20, c0, c2));
        var a2 = c2 * Vector.Load(factors + 5 * stride);
        var a1 = Vector.FusedMultiplyAdd(-l21, a2, c1 * Vector.Load(factors + 4 * stride));
        var a0 = Vector.FusedMultiplyAdd(-l10, a1, Vector.FusedMultiplyAdd(-l20, a2, c0 * Vector.Load(factors + 3 * stride)));
        return (a0, a1, a2);
    }

    private void FactorRow(ImageRows rows, int y, double epsilon)
    {
        var ridge = new Vector<double>(epsilon);
        var e0 = stackalloc Vector<double>[3 * WindowDifferences.Count];
        var e1 = e0 + WindowDifferences.Count;
        var e2 = e1 + WindowDifferences.Count;
        var above = rows.Row(y - 1);
        var centre = rows.Row(y);
        var below = rows.Row(y + 1);
        var factors = Row(y);
        nint stride = _factors.Stride;
        for (var x = 1; x < rows.Width - 1; x += PaddedRows.VectorLength)
        {
            var mean0 = WindowDifferences.Load(above + x, centre + x, below + x, e0);
            var mean1 = WindowDifferences.Load(above + stride + x, centre + stride + x, below + stride + x, e1);
            var mean2 = WindowDifferences.Load(above + 2 * stride + x, centre + 2 * stride + x, below + 2 * stride + x, e2);
            Vector<double> s00 = default, s01 = default, s02 = default, s11 = default, s12 = default, s22 = default;
            for (var i = 0; i < WindowDifferences.Count; i++)
            {
                s00 = Vector.FusedMultiplyAdd(e0[i], e0[i], s00);
                s01 = Vector.FusedMultiplyAdd(e0[i], e1[i], s01);
                s02 = Vector.FusedMultiplyAdd(e0[i], e2[i], s02);
                s11 = Vector.FusedMultiplyAdd(e1[i], e1[i], s11);
                s12 = Vector.FusedMultiplyAdd(e1[i], e2[i], s12);
                s22 = Vector.FusedMultiplyAdd(e2[i], e2[i], s22);
            }
            var sum0 = mean0 * WindowDifferences.WindowSize;
            var sum1 = mean1 * WindowDifferences.WindowSize;
            var sum2 = mean2 * WindowDifferences.WindowSize;
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

            l10.Store(factors + x);
            l20.Store(factors + stride + x);
            l21.Store(factors + 2 * stride + x);
            inverse0.Store(factors + 3 * stride + x);
            inverse1.Store(factors + 4 * stride + x);
            inverse2.Store(factors + 5 * stride + x);
        }
    }
}
