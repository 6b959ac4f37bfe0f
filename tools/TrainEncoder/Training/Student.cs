using PhotoStyle.Features;
using PhotoStyle.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.TrainEncoder.Training;

/// <summary>The compact network in training. Its lifts bring features to the principal coordinates of the teachers.</summary>
internal sealed class Student : IDisposable
{
    // Relative to the mean energy of a channel.
    private const double Ridge = 1e-3;

    private readonly List<(string Name, Tensor Value)> _named = [];
    private readonly List<(Tensor Weight, Tensor Bias)> _convolutions = [];
    private readonly List<Tensor> _lifts = [];

    /// <summary>Begins with random weights (He et al. 2015).</summary>
    /// <param name="seed">Seed of the weights.</param>
    public Student(int seed)
    {
        var random = new GaussianRandom((ulong)seed);
        Tensor Add(string name, double deviation, params long[] shape)
        {
            float[] values = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => (float)(deviation * random.Next()))];
            Tensor value = tensor(values, shape).requires_grad_().DetachFromDisposeScope();
            _named.Add((name, value));
            return value;
        }
        for (int level = 0; level < CompactNetwork.Widths.Count; level++)
        {
            for (int i = 0; i < CompactNetwork.Widths[level].Count; i++)
            {
                long[] shape = CompactNetwork.Shape(level, i);
                string name = CompactNetwork.Name(level, i);
                _convolutions.Add((Add(name + ".weight", Math.Sqrt(2.0 / (shape[1] * shape[2] * shape[3])), shape), Add(name + ".bias", 0, shape[0])));
            }
            _lifts.Add(Add(CompactNetwork.LiftName(level), Math.Sqrt(1.0 / CompactNetwork.Widths[level][^1]), CompactNetwork.LiftShape(level)));
        }
    }

    /// <summary>All parameters by name, always in the same order.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Parameters => _named;

    /// <summary>The levels, each in the coordinates of its teacher.</summary>
    public IReadOnlyList<Tensor> Encode(Tensor images) => [.. CompactNetwork.EncodeBlocks(images, _convolutions).Zip(_lifts, CompactNetwork.Lift)];

    /// <summary>Gives the first convolution these filters.</summary>
    /// <param name="filters">O×3×3×3, for colours less the grey of the network.</param>
    /// <param name="biases">O.</param>
    public void SetStem(float[] filters, float[] biases)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = no_grad();
        (Tensor weight, Tensor bias) = _convolutions[0];
        weight.zero_();
        // The network's filters are 4×4: the teacher's place is their upper left.
        weight.slice(2, 0, 3, 1).slice(3, 0, 3, 1).copy_(tensor(filters, [weight.shape[0], 3, 3, 3]));
        bias.copy_(tensor(biases));
    }

    /// <summary>Solves for the lifts that fit the teachers best as the network is, in the least squares of these pictures, with a ridge.</summary>
    public void FitLifts(IReadOnlyList<PooledPicture> pictures)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = no_grad();
        for (int level = 0; level < _lifts.Count; level++)
        {
            Tensor? own = null, cross = null;
            foreach (PooledPicture picture in pictures)
            {
                Tensor features = CompactNetwork.EncodeBlocks(picture.Image, _convolutions)[level].flatten(2)[0], target = picture.Features[level].to(ScalarType.Float32).flatten(2)[0];
                Tensor moment = features.mm(features.t()), mixed = target.mm(features.t());
                own = own is null ? moment : own.add_(moment);
                cross = cross is null ? mixed : cross.add_(mixed);
            }
            long width = own!.shape[0];
            Tensor ridge = eye(width) * (Ridge * own.trace().ToDouble() / width);
            _lifts[level].copy_(linalg.solve(own + ridge, cross!.t()).t().reshape(_lifts[level].shape));
        }
    }

    /// <summary>The weights of the network.</summary>
    public SafeTensors Export(IReadOnlyDictionary<string, string> metadata) => new()
    {
        Metadata = new(metadata),
        Tensors = _named.ToDictionary(p => p.Name, p => new SafeTensor(p.Value.shape, p.Value.detach().data<float>().ToArray())),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((string _, Tensor value) in _named) value.Dispose();
    }
}
