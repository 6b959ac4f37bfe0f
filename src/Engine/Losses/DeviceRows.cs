using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Losses;

/// <summary>
/// What <see cref="MaskedRows"/> computes, by operations of libtorch: for features that lie on another device, where only they can reach them. A class is a product of
/// two matrices; no pixel is twice in a class, so that the order of additions is fixed.
/// </summary>
internal sealed class DeviceRows : IDisposable
{
    private readonly List<(Tensor Pixels, Tensor Weights)?> _classes = [];

    /// <param name="classes">The rows of each class.</param>
    /// <param name="pixels">The pixel of each row.</param>
    /// <param name="weights">Its m.</param>
    /// <param name="device">Where the features are.</param>
    public DeviceRows(IReadOnlyList<ClassRows> classes, int[] pixels, float[] weights, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (ClassRows rows in classes)
        {
            if (rows.Count == 0)
            {
                _classes.Add(null);
                continue;
            }
            Range own = rows.Start..(rows.Start + rows.Count);
            Tensor places = tensor(pixels[own]).to(ScalarType.Int64).to(device), shares = tensor(weights[own]).unsqueeze(1).to(device);
            _classes.Add((places.DetachFromDisposeScope(), shares.DetachFromDisposeScope()));
        }
    }

    /// <summary>As <see cref="MaskedRows.Grams(Tensor)"/>.</summary>
    public Tensor[] Grams(Tensor features)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor vectors = Vectors(features);
        long channels = features.shape[1];
        return [.. _classes.Select(rows =>
        {
            if (rows is not { } own) return zeros([channels, channels], features.dtype, features.device).MoveToOuterDisposeScope();
            Tensor y = vectors.index_select(0, own.Pixels) * own.Weights.to(features.dtype);
            return y.t().mm(y).MoveToOuterDisposeScope();
        })];
    }

    /// <summary>As <see cref="MaskedRows.AddProducts(Tensor, IReadOnlyList{Tensor}, Tensor)"/>.</summary>
    public void AddProducts(Tensor features, IReadOnlyList<Tensor?> matrices, Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor vectors = Vectors(features), slopes = zeros_like(vectors);
        using Scalar one = 1.ToScalar();
        for (int k = 0; k < _classes.Count; k++)
        {
            if (_classes[k] is not { } own || matrices[k] is not { } matrix) continue;
            Tensor y = vectors.index_select(0, own.Pixels) * own.Weights.to(features.dtype).square();
            slopes.index_add_(0, own.Pixels, y.mm(matrix), one);
        }
        gradient.add_(slopes.view(1, features.shape[2], features.shape[3], features.shape[1]).permute(0, 3, 1, 2));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((Tensor Pixels, Tensor Weights) rows in _classes.OfType<(Tensor, Tensor)>())
        {
            rows.Pixels.Dispose();
            rows.Weights.Dispose();
        }
    }

    private static Tensor Vectors(Tensor features) => features.permute(0, 2, 3, 1).contiguous().view(-1, features.shape[1]);
}
