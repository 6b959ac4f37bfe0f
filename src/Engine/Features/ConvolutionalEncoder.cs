using System.Globalization;
using PhotoStyle.Serialization;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PhotoStyle.Features;

/// <summary>
/// An encoder of VGG's form: an affine map of the colours, then blocks of 3×3 convolutions with ReLU, halved by max pooling between the blocks.
/// Its levels are the first activation of each block, relu1_1, relu2_1, … (Simonyan, Zisserman 2014; the choice of levels: Gatys et al. 2016).
/// </summary>
public sealed class ConvolutionalEncoder : IFeatureEncoder
{
    private readonly List<Convolution> _convolutions = [];
    private readonly Tensor _colourWeight;
    private readonly Tensor _colourBias;
    private readonly Padding _padding;

    /// <summary>Builds the encoder from named weights and moves them to a device.</summary>
    /// <param name="name">What results name as the encoder.</param>
    /// <param name="weights">
    /// <c>preprocess.weight</c> (3×3×1×1) and <c>preprocess.bias</c> (3): the affine map of RGB in [0, 1];
    /// <c>conv</c><i>b</i><c>_</c><i>i</i><c>.weight</c> (O×I×3×3) and <c>.bias</c> (O) for blocks b = 1, 2, … and i = 1, 2, ….
    /// Convolutions behind the first of the last block serve no level and are not used.
    /// </param>
    /// <param name="padding">How convolutions see beyond the border.</param>
    /// <param name="device">Where the encoder runs; the CPU if null.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.WeightsInvalid"/>: a tensor is missing, has another shape or is not finite.</exception>
    public ConvolutionalEncoder(string name, IReadOnlyDictionary<string, SafeTensor> weights, Padding padding, Device? device = null)
    {
        TorchRuntime.Initialize();
        Name = name;
        Device = device ?? CPU;
        _padding = padding;
        using var scope = NewDisposeScope();
        Tensor Load(string key, params long[] shape)
        {
            if (!weights.TryGetValue(key, out SafeTensor? tensor)) throw Invalid($"lacks the tensor '{key}'");
            if (!tensor.Shape.SequenceEqual(shape)) throw Invalid($"has '{key}' in the shape {Shape(tensor.Shape)} instead of {Shape(shape)}");
            if (!tensor.Values.All(float.IsFinite)) throw Invalid($"has numbers in '{key}' that are not finite");
            return torch.tensor(tensor.Values, shape).to(Device);
        }

        _colourWeight = Load("preprocess.weight", 3, 3, 1, 1).DetachFromDisposeScope();
        _colourBias = Load("preprocess.bias", 3).DetachFromDisposeScope();
        var levels = new List<FeatureLevel>();
        long channels = 3;
        for (int block = 1; weights.ContainsKey(Key(block, 1, "weight")); block++)
        {
            for (int i = 1; weights.TryGetValue(Key(block, i, "weight"), out SafeTensor? next); i++)
            {
                // What lies behind the last level serves nothing.
                if (i > 1 && !weights.ContainsKey(Key(block + 1, 1, "weight"))) break;
                long width = next.Shape.Length > 0 ? next.Shape[0] : 0;
                Tensor weight = ChannelsLast(Load(Key(block, i, "weight"), width, channels, 3, 3)).DetachFromDisposeScope();
                Tensor bias = Load(Key(block, i, "bias"), width).DetachFromDisposeScope();
                _convolutions.Add(new Convolution(weight, bias, StartsBlock: i == 1));
                channels = width;
                if (i == 1) levels.Add(new FeatureLevel(string.Create(CultureInfo.InvariantCulture, $"relu{block}_1"), (int)width, 1 << (block - 1)));
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
    public double StyleScale { get; init; } = 1;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Encode(Tensor image)
    {
        var features = new List<Tensor>(Levels.Count);
        Tensor x = F.conv2d(image, _colourWeight, _colourBias);
        foreach (Convolution convolution in _convolutions)
        {
            if (convolution.StartsBlock && features.Count > 0) x = F.max_pool2d(x, kernel_size: 2);
            x = _padding == Padding.Reflection
                ? F.conv2d(F.pad(x, [1, 1, 1, 1], PaddingModes.Reflect), convolution.Weight, convolution.Bias)
                : F.conv2d(x, convolution.Weight, convolution.Bias, padding: [1, 1]);
            x = x.relu_();
            if (convolution.StartsBlock) features.Add(x);
        }
        return features;
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

    private static string Shape(long[] shape) => string.Join('×', shape);

    // The wrapper has no memory_format argument: a permuted view of contiguous data has the strides of channels-last.
    private static Tensor ChannelsLast(Tensor nchw) => nchw.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    private sealed record Convolution(Tensor Weight, Tensor Bias, bool StartsBlock);
}
