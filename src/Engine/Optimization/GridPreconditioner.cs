using System.Numerics;
using System.Runtime.InteropServices;
using PhotoStyle.Grading;
using PhotoStyle.Losses;

namespace PhotoStyle.Optimization;

/// <summary>
/// The inverse Hessian of the grids' smoothness plus a constant that stands for the other terms: what L-BFGS starts its own estimate from. Without it the solver
/// first moves single cells and then spends its evaluations on carrying the change to their neighbours.
/// </summary>
/// <remarks>
/// Smoothness on a regular grid is diagonal in the cosine basis (DCT-II) along each axis, with eigenvalues 2 − 2cos(πf/n), and in the basis of one achromatic and
/// two chromatic directions of (red, green, blue): so is its inverse. Exact, symmetric and positive definite.
/// </remarks>
internal sealed class GridPreconditioner
{
    // A rotation of (red, green, blue) whose first row is grey.
    private static readonly double[] ColourBasis =
    [
        1 / Math.Sqrt(3), 1 / Math.Sqrt(3), 1 / Math.Sqrt(3),
        1 / Math.Sqrt(2), -1 / Math.Sqrt(2), 0,
        1 / Math.Sqrt(6), 1 / Math.Sqrt(6), -2 / Math.Sqrt(6),
    ];

    private readonly (double[] Basis, int Count, int Stride)[] _axes;
    private readonly double[] _inverseEigenvalues;
    private readonly double[] _scratch;

    /// <param name="classCount">Number of classes K.</param>
    /// <param name="shape">Cells of each grid.</param>
    /// <param name="smoothness">The weights of smoothness.</param>
    /// <param name="curvature">The constant, in units of the loss per squared coefficient; positive.</param>
    public GridPreconditioner(int classCount, GridShape shape, SmoothnessOptions smoothness, double curvature)
    {
        _axes =
        [
            (Cosines(shape.Width), shape.Width, GridShape.CoefficientCount),
            (Cosines(shape.Depth), shape.Depth, shape.DepthStride),
            (Cosines(shape.Height), shape.Height, shape.HeightStride),
            (ColourBasis, 3, GridShape.CoefficientCount / 3),
        ];
        _scratch = new double[classCount * shape.Length];
        _inverseEigenvalues = new double[shape.Length];
        double Eigenvalue(int frequency, int cells) => (2 - 2 * Math.Cos(Math.PI * frequency / cells)) * cells / (cells - 1);
        for (int i = 0; i < _inverseEigenvalues.Length; i++)
        {
            bool chromatic = i % GridShape.CoefficientCount >= GridShape.CoefficientCount / 3;
            double spatial = smoothness.Spatial * (chromatic ? 1 + smoothness.SpatialChroma : 1);
            double range = smoothness.Range * (chromatic ? 1 + smoothness.RangeChroma : 1);
            double roughness =
                spatial * (Eigenvalue(i / GridShape.CoefficientCount % shape.Width, shape.Width) + Eigenvalue(i / shape.HeightStride, shape.Height))
                + range * Eigenvalue(i / shape.DepthStride % shape.Depth, shape.Depth);
            _inverseEigenvalues[i] = 1 / (curvature + 2 * roughness / (classCount * shape.Length));
        }
    }

    /// <summary>Multiplies by the matrix.</summary>
    public void Apply(ReadOnlySpan<double> source, Span<double> target)
    {
        source.CopyTo(target);
        // Four changes of basis there and four back leave the result where it began, in the target.
        Span<double> from = target, to = _scratch;
        foreach ((double[] basis, int count, int stride) in _axes) Change(basis, count, stride, transposed: false, ref from, ref to);
        for (int i = 0; i < from.Length; i++) from[i] *= _inverseEigenvalues[i % _inverseEigenvalues.Length];
        foreach ((double[] basis, int count, int stride) in _axes) Change(basis, count, stride, transposed: true, ref from, ref to);
    }

    /// <summary>Multiplies along one axis by its basis, then swaps the two buffers.</summary>
    private static void Change(double[] basis, int count, int stride, bool transposed, ref Span<double> from, ref Span<double> to)
    {
        to.Clear();
        for (int start = 0; start < from.Length; start += count * stride)
        {
            for (int i = 0; i < count; i++)
            {
                Span<double> sum = to.Slice(start + i * stride, stride);
                for (int j = 0; j < count; j++)
                {
                    AddScaled(from.Slice(start + j * stride, stride), transposed ? basis[j * count + i] : basis[i * count + j], sum);
                }
            }
        }
        Span<double> swap = from;
        from = to;
        to = swap;
    }

    private static void AddScaled(ReadOnlySpan<double> values, double factor, Span<double> sum)
    {
        ReadOnlySpan<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(values);
        Span<Vector<double>> wideSum = MemoryMarshal.Cast<double, Vector<double>>(sum);
        for (int i = 0; i < wide.Length; i++) wideSum[i] += wide[i] * factor;
        for (int i = wide.Length * Vector<double>.Count; i < values.Length; i++) sum[i] += values[i] * factor;
    }

    /// <summary>The orthonormal DCT-II: row f is the cosine of frequency f.</summary>
    private static double[] Cosines(int count)
    {
        var basis = new double[count * count];
        for (int f = 0; f < count; f++)
        {
            for (int i = 0; i < count; i++) basis[f * count + i] = Math.Sqrt((f == 0 ? 1.0 : 2.0) / count) * Math.Cos(Math.PI * f * (i + 0.5) / count);
        }
        return basis;
    }
}
