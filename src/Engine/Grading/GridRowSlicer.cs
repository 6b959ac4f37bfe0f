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
    private readonly GridShape shape;
    private readonly int classCount;
    private readonly int[] cellOfColumn;
    private readonly float[] fractionOfColumn;
    private readonly float[] slabs;
    private int lowerRow;
    private float rowFraction;

    public GridRowSlicer(int classCount, GridShape shape, int imageWidth)
    {
        if (shape.Width < 2 || shape.Depth < 2 || shape.Height < 2) throw new ArgumentOutOfRangeException(nameof(shape), "A grid needs two cells along each axis.");
        (this.classCount, this.shape) = (classCount, shape);
        slabs = new float[classCount * shape.HeightStride];
        cellOfColumn = new int[imageWidth];
        fractionOfColumn = new float[imageWidth];
        for (int x = 0; x < imageWidth; x++)
        {
            cellOfColumn[x] = GridAxis.Locate((x + 0.5f) / imageWidth, shape.Width, out fractionOfColumn[x]);
        }
    }

    /// <summary>Prepares the transforms of one row.</summary>
    /// <param name="grids">The grids.</param>
    /// <param name="position">Where the row lies in the image's height, 0 … 1.</param>
    public void Load(ReadOnlySpan<float> grids, float position)
    {
        Seek(position);
        for (int k = 0; k < classCount; k++)
        {
            ReadOnlySpan<float> lower = grids.Slice(k * shape.Length + lowerRow * shape.HeightStride, shape.HeightStride);
            ReadOnlySpan<float> upper = grids.Slice(k * shape.Length + (lowerRow + 1) * shape.HeightStride, shape.HeightStride);
            Span<float> slab = slabs.AsSpan(k * shape.HeightStride, shape.HeightStride);
            for (int i = 0; i < slab.Length; i++) slab[i] = lower[i] + rowFraction * (upper[i] - lower[i]);
        }
    }

    /// <summary>Applies the loaded row: O(p) = Σ_k m_k(p) · A_k(p, luma(p)) · [I(p); 1].</summary>
    /// <param name="input">Red, green, blue and guide of the row's pixels; the guide is clamped to [0, 1].</param>
    /// <param name="masks">m_k of the row's pixels, beginning at the first pixel of the first class.</param>
    /// <param name="maskStride">Values between a pixel's mask and that of the next class.</param>
    /// <param name="output">Receives red, green and blue.</param>
    public void Apply(in GridRowInput input, ReadOnlySpan<float> masks, int maskStride, GridRowOutput output)
    {
        ref float cells = ref MemoryMarshal.GetArrayDataReference(slabs);
        int depthStride = shape.DepthStride, classStride = shape.HeightStride;
        for (int x = 0; x < cellOfColumn.Length; x++)
        {
            int z = GridAxis.Locate(input.Guide[x], shape.Depth, out float fz);
            float fx = fractionOfColumn[x];
            int corner = z * depthStride + cellOfColumn[x] * GridShape.CoefficientCount;
            Vector128<float> a = default, b = default, c = default;
            for (int k = 0; k < classCount; k++, corner += classStride)
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
        Array.Clear(slabs);
    }

    /// <summary>The adjoint of <see cref="Apply"/>: adds a row's gradient with respect to its output to the slab of cells.</summary>
    public void AddGradient(in GridRowInput input, ReadOnlySpan<float> masks, int maskStride, GridRowOutput gradient)
    {
        ref float cells = ref MemoryMarshal.GetArrayDataReference(slabs);
        int depthStride = shape.DepthStride, classStride = shape.HeightStride;
        for (int x = 0; x < cellOfColumn.Length; x++)
        {
            int z = GridAxis.Locate(input.Guide[x], shape.Depth, out float fz);
            float fx = fractionOfColumn[x];
            int corner = z * depthStride + cellOfColumn[x] * GridShape.CoefficientCount;
            Vector128<float> colour = Vector128.Create(input.Red[x], input.Green[x], input.Blue[x], 1f);
            Vector128<float> a = colour * gradient.Red[x], b = colour * gradient.Green[x], c = colour * gradient.Blue[x];
            for (int k = 0; k < classCount; k++, corner += classStride)
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
        for (int k = 0; k < classCount; k++)
        {
            Span<float> lower = grids.Slice(k * shape.Length + lowerRow * shape.HeightStride, shape.HeightStride);
            Span<float> upper = grids.Slice(k * shape.Length + (lowerRow + 1) * shape.HeightStride, shape.HeightStride);
            ReadOnlySpan<float> slab = slabs.AsSpan(k * shape.HeightStride, shape.HeightStride);
            for (int i = 0; i < slab.Length; i++)
            {
                lower[i] += (1 - rowFraction) * slab[i];
                upper[i] += rowFraction * slab[i];
            }
        }
    }

    private void Seek(float position) => lowerRow = GridAxis.Locate(position, shape.Height, out rowFraction);

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
