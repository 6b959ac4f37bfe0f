using System.Buffers;
using System.Numerics;
using PhotoStyle.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Losses;

/// <summary>
/// The pixels of each class at a level, and what the style term needs of their feature vectors f: the sums Σ m² f fᵀ over a class, and gradients m² D f.
/// Most pixels belong to one class only, and wholly: going through the rows of each class costs one pass, where multiplying by every mask costs K.
/// </summary>
/// <remarks>Blocks of rows are gathered, used and forgotten within the caches: no copy of the features is made. The division into bands depends on the masks and channels
/// alone and their sums are added up in order: the same bits with any number of threads.</remarks>
internal sealed class MaskedRows : IDisposable
{
    // Below this many pixels a class has no statistics at a level.
    private const double LeastArea = 4;

    // Features of a band, the unit of parallel work for Gram matrices, at least; and how many bands there are, about, at most: each has a matrix of its own.
    private const int BandFeatures = 1 << 18, MostBands = 16;

    private readonly int[] _pixels;
    private readonly float[] _weights;
    private readonly int _pixelCount;
    private DeviceRows? _onDevice;

    /// <param name="masks">K×h×w in [0, 1].</param>
    public MaskedRows(FloatImage masks)
    {
        var (pixels, weights) = (new List<int>(), new List<float>());
        for (int k = 0; k < masks.Channels; k++)
        {
            ReadOnlySpan<float> mask = masks.Plane(k);
            double area = 0;
            foreach (float m in mask) area += m;
            (int start, int whole) = (pixels.Count, 0);
            if (area >= LeastArea)
            {
                // Whole pixels first: their rows need no scaling, and no two classes share one.
                for (int p = 0; p < mask.Length; p++)
                {
                    if (mask[p] == 1) Add(p, 1);
                }
                whole = pixels.Count - start;
                for (int p = 0; p < mask.Length; p++)
                {
                    if (mask[p] is not (0 or 1)) Add(p, mask[p]);
                }
            }
            Classes.Add(new ClassRows(start, whole, pixels.Count - start, area));
        }
        (_pixels, _weights, _pixelCount) = ([.. pixels], [.. weights], masks.PixelCount);

        void Add(int pixel, float weight)
        {
            pixels.Add(pixel);
            weights.Add(weight);
        }
    }

    /// <summary>The rows of each class; none where it is too small to have statistics.</summary>
    public List<ClassRows> Classes { get; } = [];

    /// <summary>Computes Σ m² f fᵀ over each class.</summary>
    /// <param name="features">1×C×h×w, float32 or float64; fastest with channels-last memory.</param>
    /// <returns>For each class C×C, in the current dispose scope; zeros where it has no rows.</returns>
    public Tensor[] Grams(Tensor features)
    {
        if (OnDevice(features) is { } rows) return rows.Grams(features);
        return features.dtype == ScalarType.Float64 ? Grams<double>(features) : Grams<float>(features);
    }

    /// <summary>Adds m² D f to the gradient of each pixel.</summary>
    /// <param name="features">As for <see cref="Grams(Tensor)"/>.</param>
    /// <param name="matrices">D for each class, C×C and symmetric; null where the class adds nothing.</param>
    /// <param name="gradient">1×C×h×w, where the features are; fastest with channels-last memory.</param>
    public void AddProducts(Tensor features, IReadOnlyList<Tensor?> matrices, Tensor gradient)
    {
        if (OnDevice(features) is { } rows) rows.AddProducts(features, matrices, gradient);
        else if (features.dtype == ScalarType.Float64) AddProducts<double>(features, matrices, gradient);
        else AddProducts<float>(features, matrices, gradient);
    }

    /// <inheritdoc/>
    public void Dispose() => _onDevice?.Dispose();

    /// <summary>What takes over where features are not in the memory of the processor.</summary>
    private DeviceRows? OnDevice(Tensor features) =>
        features.device.type == DeviceType.CPU ? null : _onDevice ??= new DeviceRows(Classes, _pixels, _weights, features.device);

    private unsafe Tensor[] Grams<T>(Tensor features)
        where T : unmanaged, INumber<T>
    {
        using DisposeScope scope = NewDisposeScope();
        int channels = (int)features.shape[1], padded = RowKernel<T>.PaddedColumns(channels), width = RowKernel<T>.PanelColumns;
        int bandRows = Math.Max(BandFeatures / padded, (_pixels.Length + MostBands - 1) / MostBands);
        List<Stretch> bands = [.. Enumerable.Range(0, Classes.Count).SelectMany(k => Stretches(k, Classes[k].Start, Classes[k].Count, bandRows))];
        T* vectors = Pointer<T>(VectorsOf(features));
        T* sums = Pointer<T>(empty([Math.Max(bands.Count, 1), padded * padded], dtype: features.dtype));
        Parallel.For(0, bands.Count, index =>
        {
            T* gram = sums + (long)index * padded * padded;
            new Span<T>(gram, padded * padded).Clear();
            OverBlocks<T>(vectors, bands[index], channels, (block, start, count) => RowKernel<T>.AddGram((T*)block, count, padded, gram));
        });

        var grams = new Tensor[Classes.Count];
        for (int k = 0; k < grams.Length; k++)
        {
            grams[k] = zeros([channels, channels], dtype: features.dtype);
            T* gram = Pointer<T>(grams[k]);
            int[] own = [.. Enumerable.Range(0, bands.Count).Where(index => bands[index].Class == k)];
            Parallel.For(0, padded / width, panel =>
            {
                int first = panel * width, end = Math.Min(first + width, channels);
                foreach (int index in own)
                {
                    for (int i = first; i < end; i++)
                    {
                        T* row = gram + (long)i * channels, part = sums + (long)index * padded * padded + (long)i * padded;
                        for (int j = i; j < channels; j++) row[j] += part[j];
                    }
                }
                // The half below the diagonal, some columns at once so that their cache lines are written once.
                for (int j = first + 1; j < channels; j++)
                {
                    for (int i = first; i < Math.Min(end, j); i++) gram[(long)j * channels + i] = gram[(long)i * channels + j];
                }
            });
            grams[k].MoveToOuterDisposeScope();
        }
        return grams;
    }

    private unsafe void AddProducts<T>(Tensor features, IReadOnlyList<Tensor?> matrices, Tensor gradient)
        where T : unmanaged, INumber<T>
    {
        using DisposeScope scope = NewDisposeScope();
        int channels = (int)features.shape[1], padded = RowKernel<T>.PaddedColumns(channels), width = RowKernel<T>.PanelColumns;
        T* vectors = Pointer<T>(VectorsOf(features));
        var panels = new IntPtr[Classes.Count];
        for (int k = 0; k < panels.Length; k++)
        {
            if (matrices[k] is not { } matrix) continue;
            T* from = Pointer<T>(matrix.contiguous());
            T* to = Pointer<T>(zeros([padded * padded], dtype: features.dtype));
            for (int j = 0; j < channels; j += width)
            {
                int inside = Math.Min(width, channels - j);
                for (int i = 0; i < channels; i++) new ReadOnlySpan<T>(from + (long)i * channels + j, inside).CopyTo(new Span<T>(to + ((long)j * padded) + (i * width), width));
            }
            panels[k] = (IntPtr)to;
        }

        Tensor sums = gradient.permute(0, 2, 3, 1);
        bool inPlace = sums.is_contiguous();
        if (!inPlace) sums = zeros(sums.shape, dtype: features.dtype);
        T* slopes = Pointer<T>(sums.view(_pixelCount, channels));
        int[] styled = [.. Enumerable.Range(0, Classes.Count).Where(k => panels[k] != 0)];
        Run([.. styled.SelectMany(k => Stretches(k, Classes[k].Start, Classes[k].Whole, RowKernel<T>.BlockRows))]);
        // Pixels of several classes take theirs one after the other.
        foreach (int k in styled) Run([.. Stretches(k, Classes[k].Start + Classes[k].Whole, Classes[k].Count - Classes[k].Whole, RowKernel<T>.BlockRows)]);
        if (!inPlace) gradient.add_(sums.permute(0, 3, 1, 2));

        void Run(Stretch[] stretches) => Parallel.For(0, stretches.Length, index =>
        {
            Stretch stretch = stretches[index];
            OverBlocks<T>(vectors, stretch, channels, (block, start, count) =>
                RowKernel<T>.AddProducts((T*)block, (T*)panels[stretch.Class], _pixels.AsSpan(start, count), WeightsOf(stretch.Class, start, count), channels, slopes));
        });
    }

    /// <summary>Packs a stretch of rows block by block and hands each block on.</summary>
    private unsafe void OverBlocks<T>(T* vectors, Stretch stretch, int channels, Action<IntPtr, int, int> use)
        where T : unmanaged, INumber<T>
    {
        T[] buffer = ArrayPool<T>.Shared.Rent(RowKernel<T>.BlockRows * RowKernel<T>.PaddedColumns(channels));
        fixed (T* block = buffer)
        {
            for (int start = stretch.Start; start < stretch.Start + stretch.Count; start += RowKernel<T>.BlockRows)
            {
                int count = Math.Min(RowKernel<T>.BlockRows, stretch.Start + stretch.Count - start);
                RowKernel<T>.Pack(vectors, _pixels.AsSpan(start, count), WeightsOf(stretch.Class, start, count), channels, block);
                use((IntPtr)block, start, count);
            }
        }
        ArrayPool<T>.Shared.Return(buffer);
    }

    /// <summary>The weights of rows of a class, or none where all are one.</summary>
    private ReadOnlySpan<float> WeightsOf(int k, int start, int count) => start + count <= Classes[k].Start + Classes[k].Whole ? [] : _weights.AsSpan(start, count);

    private Tensor VectorsOf(Tensor features) => features.permute(0, 2, 3, 1).contiguous().view(_pixelCount, features.shape[1]);

    private static IEnumerable<Stretch> Stretches(int k, int start, int count, int most)
    {
        for (int done = 0; done < count; done += most) yield return new Stretch(k, start + done, Math.Min(most, count - done));
    }

    /// <summary>Where the values of a contiguous tensor begin; the first row alone is asked for, since a span holds at most 2 GB.</summary>
    private static unsafe T* Pointer<T>(Tensor rows)
        where T : unmanaged
    {
        using Tensor first = rows.narrow(0, 0, 1);
        fixed (byte* start = first.bytes) return (T*)start;
    }

    /// <summary>Consecutive rows of a class.</summary>
    private readonly record struct Stretch(int Class, int Start, int Count);
}
