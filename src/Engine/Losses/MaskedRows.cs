using PhotoStyle.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Losses;

/// <summary>
/// The feature vectors of each class, one behind the other, weighted by m_k / √Σ m_k, so that the Gram matrix of a class is YᵀY of its rows Y.
/// Most pixels belong to one class only: gathering costs a little over one pass, where multiplying by every mask costs K.
/// </summary>
internal sealed class MaskedRows : IDisposable
{
    // Below this many pixels a class has no statistics at a level.
    private const double LeastArea = 4;

    private readonly Tensor _pixelOfRow;
    private readonly Tensor _weightOfRow;
    private readonly Tensor _firstRowOfPixel;
    private readonly Tensor _firstWeightOfPixel;
    private readonly List<(Tensor Pixels, Tensor Rows, Tensor Weights)> _furtherRows = [];

    /// <param name="masks">K×h×w in [0, 1].</param>
    /// <param name="device">Where the features are.</param>
    public MaskedRows(FloatImage masks, Device device)
    {
        var pixels = new List<long>();
        var weights = new List<float>();
        var rowsOfPixel = new List<long>[masks.PixelCount];
        for (int k = 0; k < masks.Channels; k++)
        {
            ReadOnlySpan<float> mask = masks.Plane(k);
            double area = 0;
            foreach (float m in mask) area += m;
            int start = pixels.Count;
            if (area >= LeastArea)
            {
                double scale = 1 / Math.Sqrt(area);
                for (int p = 0; p < mask.Length; p++)
                {
                    if (mask[p] == 0) continue;
                    (rowsOfPixel[p] ??= []).Add(pixels.Count);
                    pixels.Add(p);
                    weights.Add((float)(mask[p] * scale));
                }
            }
            ClassRows.Add((start, pixels.Count - start));
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor Indices(IEnumerable<long> values) => tensor(values.ToArray(), device: device).MoveToOuterDisposeScope();
        Tensor Column(IEnumerable<float> values) => tensor(values.ToArray(), device: device).unsqueeze(1).MoveToOuterDisposeScope();
        _pixelOfRow = Indices(pixels);
        _weightOfRow = Column(weights);
        _firstRowOfPixel = Indices(rowsOfPixel.Select(rows => rows?[0] ?? 0));
        _firstWeightOfPixel = Column(rowsOfPixel.Select(rows => rows is null ? 0 : weights[(int)rows[0]]));
        for (int rank = 1; ; rank++)
        {
            int[] shared = [.. Enumerable.Range(0, rowsOfPixel.Length).Where(p => rowsOfPixel[p]?.Count > rank)];
            if (shared.Length == 0) break;
            _furtherRows.Add((
                Indices(shared.Select(p => (long)p)),
                Indices(shared.Select(p => rowsOfPixel[p][rank])),
                Column(shared.Select(p => weights[(int)rowsOfPixel[p][rank]]))));
        }
        // Owned by this object, not by whatever scope it was made in.
        foreach (Tensor t in All()) t.DetachFromDisposeScope();
    }

    /// <summary>For each class the first of its rows and how many there are; none where it is too small to have statistics.</summary>
    public List<(int Start, int Count)> ClassRows { get; } = [];

    /// <summary>Gathers the weighted rows.</summary>
    /// <param name="features">1×C×h×w.</param>
    /// <returns>Rows×C.</returns>
    public Tensor Gather(Tensor features)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor vectors = features.permute(0, 2, 3, 1).reshape(-1, features.shape[1]);
        return vectors.index_select(0, _pixelOfRow).mul_(_weightOfRow).MoveToOuterDisposeScope();
    }

    /// <summary>The adjoint of <see cref="Gather"/>.</summary>
    /// <param name="rows">Rows×C.</param>
    /// <param name="height">Height h of the feature map.</param>
    /// <param name="width">Width w of the feature map.</param>
    /// <returns>1×C×h×w with channels-last memory.</returns>
    public Tensor Scatter(Tensor rows, long height, long width)
    {
        // Pixels without a row point at the first one, with weight zero: there must be one.
        if (rows.shape[0] == 0) return zeros([1, rows.shape[1], height, width], dtype: rows.dtype, device: rows.device);
        using DisposeScope scope = NewDisposeScope();
        Tensor vectors = rows.index_select(0, _firstRowOfPixel).mul_(_firstWeightOfPixel);
        foreach ((Tensor pixels, Tensor further, Tensor weights) in _furtherRows)
        {
            vectors.index_add_(0, pixels, rows.index_select(0, further).mul_(weights), 1);
        }
        return vectors.view(1, height, width, rows.shape[1]).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor t in All()) t.Dispose();
    }

    private IEnumerable<Tensor> All() =>
        [_pixelOfRow, _weightOfRow, _firstRowOfPixel, _firstWeightOfPixel, .. _furtherRows.SelectMany(f => new[] { f.Pixels, f.Rows, f.Weights })];
}
