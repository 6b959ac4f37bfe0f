using System.Globalization;
using PhotoStyle.Serialization;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PhotoStyle.Features;

/// <summary>
/// An encoder of VGG's form: an affine map of the colours, then blocks of 3×3 convolutions with ReLU, halved by max pooling between the blocks.
/// Its levels are the first activation of each block, relu1_1, relu2_1, … (Simonyan, Zisserman 2014; the choice of levels: Gatys et al. 2016), unless others are
/// asked for.
/// </summary>
public sealed class ConvolutionalEncoder : IFeatureEncoder
{
    private readonly List<Convolution> _convolutions = [];
    private readonly List<int> _convolutionOfLevel = [];
    private readonly Tensor _colourWeight;
    private readonly Tensor _colourBias;
    private readonly Padding _padding;
    private readonly ScalarType _type;

    /// <summary>Builds the encoder from named weights and moves them to a device.</summary>
    /// <param name="name">What results name as the encoder.</param>
    /// <param name="weights">
    /// <c>preprocess.weight</c> (3×3×1×1) and <c>preprocess.bias</c> (3): the affine map of RGB in [0, 1];
    /// <c>conv</c><i>b</i><c>_</c><i>i</i><c>.weight</c> (O×I×3×3) and <c>.bias</c> (O) for blocks b = 1, 2, … and i = 1, 2, ….
    /// Convolutions behind the last level serve nothing and are not used.
    /// </param>
    /// <param name="padding">How convolutions see beyond the border.</param>
    /// <param name="device">Where the encoder runs; the CPU if null.</param>
    /// <param name="layers">The activations that are its levels, out of <see cref="LayersOf"/>; the first of each block if null.</param>
    /// <param name="precision">In which numbers it computes; its levels are 32-bit floats whatever this is.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.WeightsInvalid"/>: a tensor is missing, has another shape or is not finite.</exception>
    public ConvolutionalEncoder(
        string name,
        IReadOnlyDictionary<string, SafeTensor> weights,
        Padding padding,
        Device? device = null,
        IReadOnlyCollection<string>? layers = null,
        Precision precision = Precision.Full)
    {
        TorchRuntime.Initialize();
        Device = device ?? CPU;
        bool half = precision == Precision.Bfloat16 || (precision == Precision.Auto && Bfloat16Hardware.IsOn(Device));
        _type = half ? ScalarType.BFloat16 : ScalarType.Float32;
        Name = half ? $"{name} (bfloat16)" : name;
        _padding = padding;
        using var scope = NewDisposeScope();
        Tensor Load(string key, params long[] shape)
        {
            if (!weights.TryGetValue(key, out SafeTensor? tensor)) throw Invalid($"lacks the tensor '{key}'");
            if (!tensor.Shape.SequenceEqual(shape)) throw Invalid($"has '{key}' in the shape {Shape(tensor.Shape)} instead of {Shape(shape)}");
            if (!tensor.Values.All(float.IsFinite)) throw Invalid($"has numbers in '{key}' that are not finite");
            return torch.tensor(tensor.Values, shape).to(Device).to(_type);
        }

        _colourWeight = Load("preprocess.weight", 3, 3, 1, 1).DetachFromDisposeScope();
        _colourBias = Load("preprocess.bias", 3).DetachFromDisposeScope();
        var levels = new List<FeatureLevel>();
        layers ??= [.. LayersOf(weights).Where(layer => layer.EndsWith("_1", StringComparison.Ordinal))];
        long channels = 3;
        for (int block = 1; levels.Count < layers.Count && weights.ContainsKey(Key(block, 1, "weight")); block++)
        {
            for (int i = 1; levels.Count < layers.Count && weights.TryGetValue(Key(block, i, "weight"), out SafeTensor? next); i++)
            {
                long width = next.Shape.Length > 0 ? next.Shape[0] : 0;
                Tensor weight = ImageTensor.ChannelsLast(Load(Key(block, i, "weight"), width, channels, 3, 3)).DetachFromDisposeScope();
                Tensor bias = Load(Key(block, i, "bias"), width).DetachFromDisposeScope();
                _convolutions.Add(new Convolution(weight, bias, FollowsPooling: i == 1 && block > 1));
                channels = width;
                if (!layers.Contains(Layer(block, i))) continue;
                levels.Add(new FeatureLevel(Layer(block, i), (int)width, 1 << (block - 1)));
                _convolutionOfLevel.Add(_convolutions.Count - 1);
            }
        }
        if (levels.Count == 0) throw Invalid("has no convolution 'conv1_1'");
        Levels = levels;

        PhotoStyleException Invalid(string why) =>
            new(ErrorCode.WeightsInvalid, $"The encoder weights of '{name}' can not be used: the file {why}. Use a file made for this encoder.");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Device Device { get; }

    /// <inheritdoc/>
    public IReadOnlyList<FeatureLevel> Levels { get; }

    /// <inheritdoc/>
    /// <remarks>At its deepest level two pixels are left, so that there is something to mirror at the border.</remarks>
    public int LeastSide => 2 * Levels[^1].Stride;

    /// <inheritdoc/>
    public double StyleScale { get; init; } = 1;

    /// <inheritdoc/>
    public bool InCaffeUnits { get; init; }

    /// <summary>The activations that weights have, in the order of the network: <c>relu</c><i>b</i><c>_</c><i>i</i>.</summary>
    /// <param name="weights">As for the constructor.</param>
    public static IReadOnlyList<string> LayersOf(IReadOnlyDictionary<string, SafeTensor> weights)
    {
        var layers = new List<string>();
        for (int block = 1; weights.ContainsKey(Key(block, 1, "weight")); block++)
        {
            for (int i = 1; weights.ContainsKey(Key(block, i, "weight")); i++) layers.Add(Layer(block, i));
        }
        return layers;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Encode(Tensor image)
    {
        var features = new List<Tensor>(Levels.Count);
        for (int level = 0; level < Levels.Count; level++) features.Add(EncodeLevel(level, level == 0 ? image : features[^1]));
        return features;
    }

    /// <summary>Computes one of <see cref="Levels"/> from the one before it.</summary>
    /// <param name="level">Its index.</param>
    /// <param name="previous">The level before it, 1×C×h×w; for the first one the image, as for <see cref="Encode"/>.</param>
    /// <returns>1×C×h×w in the current dispose scope.</returns>
    public Tensor EncodeLevel(int level, Tensor previous)
    {
        // What lies between two levels is held by libtorch's graph for as long as it is needed, or not at all: a scope around all levels would hold it to the end.
        using DisposeScope scope = NewDisposeScope();
        Tensor x = previous.to(_type);
        if (level == 0) x = F.conv2d(x, _colourWeight, _colourBias);
        for (int i = level == 0 ? 0 : _convolutionOfLevel[level - 1] + 1; i <= _convolutionOfLevel[level]; i++)
        {
            Convolution convolution = _convolutions[i];
            if (convolution.FollowsPooling) x = F.max_pool2d(x, kernel_size: 2);
            x = _padding == Padding.Reflection
                ? F.conv2d(F.pad(x, [1, 1, 1, 1], PaddingModes.Reflect), convolution.Weight, convolution.Bias)
                : F.conv2d(x, convolution.Weight, convolution.Bias, padding: [1, 1]);
            x = x.relu_();
        }
        return x.to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _colourWeight.Dispose();
        _colourBias.Dispose();
        foreach (Convolution convolution in _convolutions)
        {
            convolution.Weight.Dispose();
            convolution.Bias.Dispose();
        }
    }

    private static string Key(int block, int index, string part) => string.Create(CultureInfo.InvariantCulture, $"conv{block}_{index}.{part}");

    private static string Layer(int block, int index) => string.Create(CultureInfo.InvariantCulture, $"relu{block}_{index}");

    private static string Shape(long[] shape) => string.Join('×', shape);

    private sealed record Convolution(Tensor Weight, Tensor Bias, bool FollowsPooling);
}
