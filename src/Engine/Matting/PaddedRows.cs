using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PhotoStyle.Imaging;

namespace PhotoStyle.Matting;

/// <summary>Rows of float64 values in one block of pinned memory, zero-padded so that vectors may run over both ends of a row.</summary>
/// <remarks>The row pointers point at x = 0; x = −1 and x up to width + <see cref="VectorLength"/> − 1 may be read. x = 1, where windows
/// start, lies on a cache line. The stride depends on the width alone.</remarks>
internal sealed unsafe class PaddedRows
{
    private const int CacheLine = 64 / sizeof(double);
    private const int Lead = CacheLine - 1;

    private readonly double[] _memory;
    private readonly double* _first;

    public PaddedRows(int rows, int width)
    {
        Rows = rows;
        Width = width;
        Stride = (Lead + width + VectorLength + CacheLine - 1) / CacheLine * CacheLine;
        _memory = GC.AllocateArray<double>(checked(rows * Stride + CacheLine), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        const nuint lineBytes = CacheLine * sizeof(double);
        _first = (double*)((address + lineBytes - 1) / lineBytes * lineBytes) + Lead;
    }

    public static int VectorLength => Vector<double>.Count;

    public int Rows { get; }

    public int Width { get; }

    /// <summary>Distance from a row to the next.</summary>
    public int Stride { get; }

    /// <summary>The first value of a row.</summary>
    public double* this[int row] => _first + (nint)row * Stride;

    /// <summary>Copies one row of one channel of an image, widened.</summary>
    public void Load(int row, FloatImage image, int channel, int y)
    {
        var source = image.Row(channel, y);
        var target = this[row];
        fixed (float* from = source)
        {
            var x = 0;
            for (; x <= Width - Vector<float>.Count; x += Vector<float>.Count)
            {
                Vector.Widen(Vector.Load(from + x), out var low, out var high);
                low.Store(target + x);
                high.Store(target + x + VectorLength);
            }
            for (; x < Width; x++) target[x] = from[x];
        }
    }

    /// <summary>Copies a row into one row of one channel of an image, rounded.</summary>
    public void Store(int row, FloatImage image, int channel, int y)
    {
        var source = this[row];
        fixed (float* to = image.Row(channel, y))
        {
            var x = 0;
            for (; x <= Width - Vector<float>.Count; x += Vector<float>.Count)
                Vector.Narrow(Vector.Load(source + x), Vector.Load(source + x + VectorLength)).Store(to + x);
            for (; x < Width; x++) to[x] = (float)source[x];
        }
    }
}
