using PhotoStyle.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Losses;

/// <summary>
/// The feature vectors of each class, one behind the other, times the class's mask: the Gram matrix of a class is YᵀY of its rows Y over the mask's sum.
/// Most pixels belong to one class only, and wholly: gathering costs one pass, where multiplying by every mask costs 2K.
/// </summary>
internal sealed class MaskedRows : IDisposable
{
    // Below this many pixels a class has no statistics at a level.
    private const double LeastArea = 4;

    // Null where the rows are the pixels as they are.
    private readonly Tensor? _pixelOfRow;
    private readonly Tensor? _firstRowOfPixel;
    private readonly Tensor? _pixelsWithoutRow;
    private readonly List<(Tensor Pixels, Tensor Rows)> _furtherRows = [];
    private readonly List<(long Start, Tensor Weights)> _partialRows = [];
    private readonly int _rowCount;

    /// <param name="masks">K×h×w in [0, 1].</param>
    /// <param name="device">Where the features are.</param>
    public MaskedRows(FloatImage masks, Device device)
    {
        var pixels = new List<long>();
        var rowsOfPixel = new List<long>[masks.PixelCount];
        using DisposeScope scope = NewDisposeScope();
        for (int k = 0; k < masks.Channels; k++)
        {
            ReadOnlySpan<float> mask = masks.Plane(k);
            double area = 0;
            foreach (float m in mask) area += m;
            int start = pixels.Count;
            var weights = new List<float>();
            if (area >= LeastArea)
            {
                // Whole pixels first: their rows need no scaling.
                for (int p = 0; p < mask.Length; p++)
                {
                    if (mask[p] == 1) Add(p);
                }
                for (int p = 0; p < mask.Length; p++)
                {
                    if (mask[p] is 0 or 1) continue;
                    Add(p);
                    weights.Add(mask[p]);
                }
            }
            Classes.Add(new ClassRows(start, pixels.Count - start, area));
            if (weights.Count > 0) _partialRows.Add((pixels.Count - weights.Count, tensor(weights.ToArray(), device: device).unsqueeze(1)));
        }
        _rowCount = pixels.Count;

        Tensor Indices(IEnumerable<long> values) => tensor(values.ToArray(), device: device);
        bool identity = pixels.Count == masks.PixelCount && pixels.Select((pixel, row) => pixel == row).All(same => same);
        if (!identity)
        {
            _pixelOfRow = Indices(pixels);
            _firstRowOfPixel = Indices(rowsOfPixel.Select(rows => rows?[0] ?? 0));
            long[] without = [.. Enumerable.Range(0, rowsOfPixel.Length).Where(p => rowsOfPixel[p] is null).Select(p => (long)p)];
            if (without.Length > 0) _pixelsWithoutRow = Indices(without);
            for (int rank = 1; ; rank++)
            {
                int[] shared = [.. Enumerable.Range(0, rowsOfPixel.Length).Where(p => rowsOfPixel[p]?.Count > rank)];
                if (shared.Length == 0) break;
                _furtherRows.Add((Indices(shared.Select(p => (long)p)), Indices(shared.Select(p => rowsOfPixel[p][rank]))));
            }
        }
        // Owned by this object, not by whatever scope it was made in.
        foreach (Tensor t in All()) t.DetachFromDisposeScope();

        void Add(int pixel)
        {
            (rowsOfPixel[pixel] ??= []).Add(pixels.Count);
            pixels.Add(pixel);
        }
    }

    /// <summary>The rows of each class; none where it is too small to have statistics.</summary>
    public List<ClassRows> Classes { get; } = [];

    /// <summary>Gathers the weighted rows.</summary>
    /// <param name="features">1×C×h×w.</param>
    /// <returns>Rows×C; to be read only, it may be a view of the features.</returns>
    public Tensor Gather(Tensor features)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor rows = features.permute(0, 2, 3, 1).reshape(-1, features.shape[1]);
        if (_pixelOfRow is not null) rows = rows.index_select(0, _pixelOfRow);
        else if (_partialRows.Count > 0) rows = rows.clone();
        Weigh(rows);
        return rows.MoveToOuterDisposeScope();
    }

    /// <summary>The adjoint of <see cref="Gather"/>.</summary>
    /// <param name="rows">Rows×C; overwritten.</param>
    /// <param name="height">Height h of the feature map.</param>
    /// <param name="width">Width w of the feature map.</param>
    /// <returns>1×C×h×w with channels-last memory.</returns>
    public Tensor Scatter(Tensor rows, long height, long width)
    {
        // Pixels without a row point at the first one: there must be one.
        if (_rowCount == 0) return zeros([1, rows.shape[1], height, width], dtype: rows.dtype, device: rows.device);
        using DisposeScope scope = NewDisposeScope();
        Weigh(rows);
        Tensor vectors = rows;
        if (_firstRowOfPixel is not null)
        {
            vectors = rows.index_select(0, _firstRowOfPixel);
            if (_pixelsWithoutRow is not null) vectors.index_fill_(0, _pixelsWithoutRow, 0);
            foreach ((Tensor pixels, Tensor further) in _furtherRows) vectors.index_add_(0, pixels, rows.index_select(0, further), 1);
        }
        return vectors.view(1, height, width, rows.shape[1]).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor t in All()) t.Dispose();
    }

    private void Weigh(Tensor rows)
    {
        foreach ((long start, Tensor weights) in _partialRows) rows.narrow(0, start, weights.shape[0]).mul_(weights);
    }

    private IEnumerable<Tensor> All()
    {
        foreach (Tensor? t in new[] { _pixelOfRow, _firstRowOfPixel, _pixelsWithoutRow })
        {
            if (t is not null) yield return t;
        }
        foreach ((_, Tensor weights) in _partialRows) yield return weights;
        foreach ((Tensor pixels, Tensor rows) in _furtherRows)
        {
            yield return pixels;
            yield return rows;
        }
    }
}
