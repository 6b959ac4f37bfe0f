using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Losses;

/// <summary>
/// Compares Gram matrices of what is lifted to features by f = L u without lifting anything: for a difference E of matrices of u that of f is L E Lᵀ, its squared norm
/// is ⟨M E M, E⟩ with M = LᵀL, and the gradient of that with respect to E is 2 M E M.
/// </summary>
/// <remarks>Plain loops on the processor: the matrices are so small that libtorch would spend a hundred times the time of the product on waking its threads.</remarks>
internal sealed class GramMetric : IDisposable
{
    private readonly double[] _metric;
    private readonly Tensor? _onDevice;
    private readonly int _size;

    /// <param name="lift">L, C×C'.</param>
    public GramMetric(Tensor lift)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor matrix = lift.to(ScalarType.Float64);
        Tensor metric = matrix.t().mm(matrix);
        if (metric.device.type != DeviceType.CPU) _onDevice = metric.DetachFromDisposeScope();
        _metric = metric.cpu().data<double>().ToArray();
        _size = (int)lift.shape[1];
    }

    /// <summary>Computes M E M.</summary>
    /// <param name="difference">E, C'×C'.</param>
    /// <returns>C'×C', float64, in the current dispose scope.</returns>
    public Tensor Apply(Tensor difference)
    {
        if (_onDevice is not null) return Apply(_onDevice, difference);
        using Tensor exact = difference.to(ScalarType.Float64).contiguous();
        double[] right = new double[_size * _size], both = new double[_size * _size];
        Multiply(MemoryMarshal.Cast<byte, double>(exact.bytes), _metric, right);
        Multiply(_metric, right, both);
        return tensor(both, [_size, _size]);
    }

    /// <inheritdoc/>
    public void Dispose() => _onDevice?.Dispose();

    /// <summary>Computes M E M where the matrices are.</summary>
    internal static Tensor Apply(Tensor metric, Tensor difference)
    {
        using DisposeScope scope = NewDisposeScope();
        return metric.mm(difference.to(ScalarType.Float64)).mm(metric).MoveToOuterDisposeScope();
    }

    /// <summary>Product of two square matrices, row by row.</summary>
    private void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product)
    {
        for (int i = 0; i < _size; i++)
        {
            Span<double> row = product.Slice(i * _size, _size);
            Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(row);
            for (int j = 0; j < _size; j++)
            {
                double factor = left[i * _size + j];
                ReadOnlySpan<double> other = right.Slice(j * _size, _size);
                ReadOnlySpan<Vector<double>> terms = MemoryMarshal.Cast<double, Vector<double>>(other);
                for (int v = 0; v < sums.Length; v++) sums[v] += factor * terms[v];
                for (int c = sums.Length * Vector<double>.Count; c < _size; c++) row[c] += factor * other[c];
            }
        }
    }
}
