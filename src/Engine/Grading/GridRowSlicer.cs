using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PhotoStyle.Grading;

/// <summary>
/// Slices affine grids along one row of an image, and carries gradients back. The rows of cells above and below the image row are first blended into one slab,
/// which stays in the first-level cache; each pixel then needs four cells, and each cell's transform is three vectors.
/// One slicer serves one thread.
/// </summary>
internal sealed class GridRowSlicer
{
    private readonly GridShape _shape;
    private readonly int _classCount;
    private readonly int[] _cellOfColumn;
    private readonly float[] _fractionOfColumn;
    private readonly float[] _slabs;
    private int _lowerRow;
    private float _rowFraction;

    public GridRowSlicer(int classCount, GridShape shape, int imageWidth)
    {
        if (shape.Width < 2 || shape.Depth < 2 || shape.Height < 2) throw new ArgumentOutOfRangeException(nameof(shape), "A grid needs two cells along each axis.");
        (_classCount, _shape) = (classCount, shape);
        _slabs = new float[classCount * shape.HeightStride];
        _cellOfColumn = new int[imageWidth];
        _fractionOfColumn = new float[imageWidth];
        for (int x = 0; x < imageWidth; x++)
        {
            _cellOfColumn[x] = GridAxis.Locate((x + 0.5f) / imageWidth, shape.Width, out _fractionOfColumn[x]);
        }
    }

    /// <summary>Prepares the transforms of one row.</summary>
    /// <param name="grids">The grids.</param>
    /// <param name="position">Where the row lies in the image's height, 0 … 1.</param>
    public void Load(ReadOnlySpan<float> grids, float position)
    {
        Seek(position);
        for (int k = 0; k < _classCount; k++)
        {
            ReadOnlySpan<float> lower = grids.Slice(k * _shape.Length + _lowerRow * _shape.HeightStride, _shape.HeightStride);
            ReadOnlySpan<float> upper = grids.Slice(k * _shape.Length + (_lowerRow + 1) * _shape.HeightStride, _shape.HeightStride);
            Span<float> slab = _slabs.AsSpan(k * _shape.HeightStride, _shape.HeightStride);
            for (int i = 0; i < slab.Length; i++) slab[i] = lower[i] + _rowFraction * (upper[i] - lower[i]);
        }
    }

    /// <summary>Applies the loaded row: O(p) = Σ_k m_k(p) · A_k(p, luma(p)) · [I(p); 1].</summary>
    /// <param name="input">Red, green, blue and guide of the row's pixels; the guide is clamped to [0, 1].</param>
    /// <param name="masks">m_k of the row's pixels, beginning at the first pixel of the first class.</param>
    /// <param name="maskStride">Values between a pixel's mask and that of the next class.</param>
    /// <param name="output">Receives red, green and blue.</param>
    public void Apply(in GridRowInput input, ReadOnlySpan<float> masks, int maskStride, GridRowOutput output)
    {
        ref float cells = ref MemoryMarshal.GetArrayDataReference(_slabs);
        int depthStride = _shape.DepthStride, classStride = _shape.HeightStride;
        for (int x = 0; x < _cellOfColumn.Length; x++)
        {
            int z = GridAxis.Locate(input.Guide[x], _shape.Depth, out float fz);
            float fx = _fractionOfColumn[x];
            int corner = z * depthStride + _cellOfColumn[x] * GridShape.CoefficientCount;
            Vector128<float> a = default, b = default, c = default;
            for (int k = 0; k < _classCount; k++, corner += classStride)
            {
                float m = masks[k * maskStride + x];
                if (m == 0) continue;
                float near = m * (1 - fz), far = m * fz;
                Gather(ref cells, corner, near * (1 - fx), ref a, ref b, ref c);
                Gather(ref cells, corner + GridShape.CoefficientCount, near * fx, ref a, ref b, ref c);
                Gather(ref cells, corner + depthStride, far * (1 - fx), ref a, ref b, ref c);
                Gather(ref cells, corner + depthStride + GridShape.CoefficientCount, far * fx, ref a, ref b, ref c);
            }
            Vector128<float> colour = Vector128.Create(input.Red[x], input.Green[x], input.Blue[x], 1f);
            output.Red[x] = Vector128.Dot(a, colour);
            output.Green[x] = Vector128.Dot(b, colour);
            output.Blue[x] = Vector128.Dot(c, colour);
        }
    }

    /// <summary>Begins the gradient of a row; ended by <see cref="StoreGradient"/>.</summary>
    /// <param name="position">As in <see cref="Load"/>.</param>
    public void BeginGradient(float position)
    {
        Seek(position);
        Array.Clear(_slabs);
    }

    /// <summary>The adjoint of <see cref="Apply"/>: adds a row's gradient with respect to its output to the slab of cells.</summary>
    public void AddGradient(in GridRowInput input, ReadOnlySpan<float> masks, int maskStride, GridRowOutput gradient)
    {
        ref float cells = ref MemoryMarshal.GetArrayDataReference(_slabs);
        int depthStride = _shape.DepthStride, classStride = _shape.HeightStride;
        for (int x = 0; x < _cellOfColumn.Length; x++)
        {
            int z = GridAxis.Locate(input.Guide[x], _shape.Depth, out float fz);
            float fx = _fractionOfColumn[x];
            int corner = z * depthStride + _cellOfColumn[x] * GridShape.CoefficientCount;
            Vector128<float> colour = Vector128.Create(input.Red[x], input.Green[x], input.Blue[x], 1f);
            Vector128<float> a = colour * gradient.Red[x], b = colour * gradient.Green[x], c = colour * gradient.Blue[x];
            for (int k = 0; k < _classCount; k++, corner += classStride)
            {
                float m = masks[k * maskStride + x];
                if (m == 0) continue;
                float near = m * (1 - fz), far = m * fz;
                Scatter(ref cells, corner, near * (1 - fx), a, b, c);
                Scatter(ref cells, corner + GridShape.CoefficientCount, near * fx, a, b, c);
                Scatter(ref cells, corner + depthStride, far * (1 - fx), a, b, c);
                Scatter(ref cells, corner + depthStride + GridShape.CoefficientCount, far * fx, a, b, c);
            }
        }
    }

    /// <summary>Adds the slab's gradient to that of the two rows of cells it was blended from.</summary>
    public void StoreGradient(Span<float> grids)
    {
        for (int k = 0; k < _classCount; k++)
        {
            Span<float> lower = grids.Slice(k * _shape.Length + _lowerRow * _shape.HeightStride, _shape.HeightStride);
            Span<float> upper = grids.Slice(k * _shape.Length + (_lowerRow + 1) * _shape.HeightStride, _shape.HeightStride);
            ReadOnlySpan<float> slab = _slabs.AsSpan(k * _shape.HeightStride, _shape.HeightStride);
            for (int i = 0; i < slab.Length; i++)
            {
                lower[i] += (1 - _rowFraction) * slab[i];
                upper[i] += _rowFraction * slab[i];
            }
        }
    }

    private void Seek(float position) => _lowerRow = GridAxis.Locate(position, _shape.Height, out _rowFraction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gather(ref float cells, int at, float weight, ref Vector128<float> a, ref Vector128<float> b, ref Vector128<float> c)
    {
        Vector128<float> w = Vector128.Create(weight);
        a = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref cells, (nuint)at), w, a);
        b = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref cells, (nuint)at + 4), w, b);
        c = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref cells, (nuint)at + 8), w, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(ref float cells, int at, float weight, Vector128<float> a, Vector128<float> b, Vector128<float> c)
    {
        Vector128<float> w = Vector128.Create(weight);
        Vector128.MultiplyAddEstimate(a, w, Vector128.LoadUnsafe(ref cells, (nuint)at)).StoreUnsafe(ref cells, (nuint)at);
        Vector128.MultiplyAddEstimate(b, w, Vector128.LoadUnsafe(ref cells, (nuint)at + 4)).StoreUnsafe(ref cells, (nuint)at + 4);
        Vector128.MultiplyAddEstimate(c, w, Vector128.LoadUnsafe(ref cells, (nuint)at + 8)).StoreUnsafe(ref cells, (nuint)at + 8);
    }
}
