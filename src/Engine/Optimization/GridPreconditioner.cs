using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
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

    // Four coefficients, a third of a transform's, fill a vector: strides are whole transforms.
    private const int Lanes = 4, Transform = GridShape.CoefficientCount;

    private readonly GridShape _shape;
    private readonly double[] _widthBasis, _depthBasis, _heightBasis;
    private readonly double[] _inverseEigenvalues;
    private readonly double[] _vector;

    /// <param name="classCount">Number of classes K.</param>
    /// <param name="shape">Cells of each grid.</param>
    /// <param name="smoothness">The weights of smoothness.</param>
    /// <param name="curvature">The constant, in units of the loss per squared coefficient; positive.</param>
    public GridPreconditioner(int classCount, GridShape shape, SmoothnessOptions smoothness, double curvature)
    {
        _shape = shape;
        (_widthBasis, _depthBasis, _heightBasis) = (Cosines(shape.Width), Cosines(shape.Depth), Cosines(shape.Height));
        _vector = new double[classCount * shape.Length];
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
    /// <remarks>What lies at one height fits the first-level cache: all changes of basis but that along the height are made there, one height after the other.</remarks>
    public void Apply(ReadOnlySpan<double> source, Span<double> target)
    {
        source.CopyTo(_vector);
        int slices = _vector.Length / _shape.HeightStride, columns = _shape.HeightStride / Transform;
        Parallel.For(0, slices, slice => ChangeWithin(_vector.AsSpan(slice * _shape.HeightStride, _shape.HeightStride), transposed: false));
        Parallel.For(0, _vector.Length / _shape.Length, k => Bands.Run(columns, (_, first, end) => ScaleColumns(_vector.AsSpan(k * _shape.Length, _shape.Length), first, end)));
        Parallel.For(0, slices, slice => ChangeWithin(_vector.AsSpan(slice * _shape.HeightStride, _shape.HeightStride), transposed: true));
        _vector.CopyTo(target);
    }

    /// <summary>Changes the basis along width and guide and that of the colours, for all cells at one height.</summary>
    private void ChangeWithin(Span<double> slice, bool transposed)
    {
        double[] room = ArrayPool<double>.Shared.Rent(slice.Length);
        Span<double> other = room.AsSpan(0, slice.Length);
        for (int start = 0; start < slice.Length; start += _shape.DepthStride)
        {
            for (int i = 0; i < _shape.Width; i++) Sum(_widthBasis, _shape.Width, i, transposed, slice[start..], Transform, other[(start + i * Transform)..]);
        }
        for (int x = 0; x < _shape.DepthStride; x += Transform)
        {
            for (int i = 0; i < _shape.Depth; i++) Sum(_depthBasis, _shape.Depth, i, transposed, other[x..], _shape.DepthStride, slice[(x + i * _shape.DepthStride)..]);
        }
        for (int start = 0; start < slice.Length; start += Transform) Mix(slice.Slice(start, Transform), transposed);
        ArrayPool<double>.Shared.Return(room);
    }

    /// <summary>For some columns of cells: to the cosines along the height, times the inverse eigenvalues, and back.</summary>
    private void ScaleColumns(Span<double> grid, int first, int end)
    {
        double[] room = ArrayPool<double>.Shared.Rent(_shape.Height * Transform);
        for (int column = first * Transform; column < end * Transform; column += Transform)
        {
            for (int i = 0; i < _shape.Height; i++)
            {
                Span<double> sum = room.AsSpan(i * Transform, Transform);
                Sum(_heightBasis, _shape.Height, i, transposed: false, grid[column..], _shape.HeightStride, sum);
                for (int c = 0; c < Transform; c++) sum[c] *= _inverseEigenvalues[i * _shape.HeightStride + column + c];
            }
            for (int i = 0; i < _shape.Height; i++) Sum(_heightBasis, _shape.Height, i, transposed: true, room, Transform, grid[(column + i * _shape.HeightStride)..]);
        }
        ArrayPool<double>.Shared.Return(room);
    }

    /// <summary>One coordinate in the basis, for a transform: Σ_j basis(i, j) · the transform at j·stride.</summary>
    private static void Sum(double[] basis, int count, int i, bool transposed, ReadOnlySpan<double> from, int stride, Span<double> sum)
    {
        (int start, int step) = transposed ? (i, count) : (i * count, 1);
        ref double source = ref MemoryMarshal.GetReference(from);
        Vector256<double> a = default, b = default, c = default;
        for (int j = 0; j < count; j++)
        {
            Vector256<double> factor = Vector256.Create(basis[start + j * step]);
            nuint at = (nuint)(j * stride);
            a += factor * Vector256.LoadUnsafe(ref source, at);
            b += factor * Vector256.LoadUnsafe(ref source, at + Lanes);
            c += factor * Vector256.LoadUnsafe(ref source, at + 2 * Lanes);
        }
        a.CopyTo(sum);
        b.CopyTo(sum[Lanes..]);
        c.CopyTo(sum[(2 * Lanes)..]);
    }

    /// <summary>Changes the basis of the colours of a transform: its three rows.</summary>
    private static void Mix(Span<double> transform, bool transposed)
    {
        Span<double> mixed = stackalloc double[Transform];
        for (int i = 0; i < 3; i++) Sum(ColourBasis, i, transposed, transform).CopyTo(mixed[(i * Lanes)..]);
        mixed.CopyTo(transform);
    }

    private static Vector256<double> Sum(double[] basis, int i, bool transposed, ReadOnlySpan<double> rows)
    {
        (int start, int step) = transposed ? (i, 3) : (3 * i, 1);
        return basis[start] * Vector256.Create(rows) + basis[start + step] * Vector256.Create(rows[Lanes..]) + basis[start + 2 * step] * Vector256.Create(rows[(2 * Lanes)..]);
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
