using System.Reflection;
using System.Security.Cryptography;
using PhotoStyle.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Features;

/// <summary>
/// The encoder that comes with the engine: a small network trained to tell styles apart as VGG-19 does, at a fraction of the cost (docs/encoder.md). Its five levels
/// are named after VGG-19's that taught them; the first is at half size.
/// </summary>
internal sealed class CompactEncoder : IFeatureEncoder
{
    /// <summary>The file of its weights, in the tool that makes it and in the assembly.</summary>
    public const string ResourceName = "compact-encoder.safetensors";

    private readonly List<(Tensor Weight, Tensor Bias)> _convolutions = [];
    private readonly List<Tensor> _lifts = [];
    private readonly int[] _levels;

    /// <summary>Builds the encoder.</summary>
    /// <param name="name">What results name as the encoder.</param>
    /// <param name="weights">For each convolution of <see cref="CompactNetwork"/> its weights and biases, and the lifts.</param>
    /// <param name="layers">Which of <see cref="LayerNames"/> are its levels; all if null.</param>
    /// <param name="device">Where it runs; the processor if null.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.WeightsInvalid"/>: a tensor is missing or has another shape.</exception>
    public CompactEncoder(string name, IReadOnlyDictionary<string, SafeTensor> weights, IReadOnlyCollection<string>? layers, Device? device = null)
    {
        TorchRuntime.Initialize();
        Name = name;
        Device = device ?? CPU;
        _levels = [.. Enumerable.Range(0, LayerNames.Count).Where(level => layers?.Contains(LayerNames[level]) != false)];
        Levels = [.. _levels.Select(level => new FeatureLevel(LayerNames[level], CompactNetwork.LiftWidths[level], CompactNetwork.Stride(level)))];

        using DisposeScope scope = NewDisposeScope();
        Tensor Load(string key, params long[] shape) => weights.TryGetValue(key, out SafeTensor? tensor) && tensor.Shape.SequenceEqual(shape)
            ? torch.tensor(tensor.Values, shape).to(Device)
            : throw new PhotoStyleException(ErrorCode.WeightsInvalid, $"The encoder weights of '{name}' can not be used: the file lacks the tensor '{key}' in the shape {string.Join('×', shape)}.");
        for (int level = 0; level < CompactNetwork.Widths.Count; level++)
        {
            for (int i = 0; i < CompactNetwork.Widths[level].Count; i++)
            {
                long[] shape = CompactNetwork.Shape(level, i);
                string key = CompactNetwork.Name(level, i);
                _convolutions.Add((ImageTensor.ChannelsLast(Load(key + ".weight", shape)).DetachFromDisposeScope(), Load(key + ".bias", shape[0]).DetachFromDisposeScope()));
            }
            _lifts.Add(ImageTensor.ChannelsLast(Load(CompactNetwork.LiftName(level), CompactNetwork.LiftShape(level))).DetachFromDisposeScope());
        }
    }

    /// <summary>The names of all levels.</summary>
    public static IReadOnlyList<string> LayerNames { get; } = ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"];

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Device Device { get; }

    /// <inheritdoc/>
    public IReadOnlyList<FeatureLevel> Levels { get; }

    /// <inheritdoc/>
    public int LeastSide => Levels[^1].Stride;

    /// <inheritdoc/>
    public double StyleScale { get; init; } = 1;

    /// <inheritdoc/>
    public bool InCaffeUnits => false;

    /// <summary>The weights in the assembly.</summary>
    public static IReadOnlyDictionary<string, SafeTensor> EmbeddedWeights()
    {
        using Stream stream = Resource();
        return SafeTensors.Read(stream).Tensors;
    }

    /// <summary>SHA-256 of the weights that are part of the program.</summary>
    internal static string EmbeddedFingerprint()
    {
        using Stream stream = Resource();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Encode(Tensor image) => [.. EncodeUnlifted(image).Select((block, level) => CompactNetwork.Lift(block, _lifts[_levels[level]]))];

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> EncodeUnlifted(Tensor image)
    {
        IReadOnlyList<Tensor> blocks = CompactNetwork.EncodeBlocks(image, _convolutions);
        return [.. _levels.Select(level => blocks[level])];
    }

    /// <inheritdoc/>
    public Tensor? Lift(int level) => _lifts[_levels[level]].flatten(1);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((Tensor weight, Tensor bias) in _convolutions)
        {
            weight.Dispose();
            bias.Dispose();
        }
        foreach (Tensor lift in _lifts) lift.Dispose();
    }

    private static Stream Resource() => Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)!;
}
