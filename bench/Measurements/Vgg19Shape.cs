using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Bench.Measurements;

/// <summary>VGG-19 to conv5_1 with random weights: time does not depend on their values.</summary>
internal static class Vgg19Shape
{
    private static readonly int[][] Widths = [[64, 64], [128, 128], [256, 256, 256, 256], [512, 512, 512, 512], [512]];

    /// <param name="layers">As for <see cref="EncoderCatalog.Open"/>.</param>
    public static IFeatureEncoder Create(Func<IReadOnlyList<string>, IReadOnlyCollection<string>>? layers = null)
    {
        Dictionary<string, SafeTensor> weights = Weights();
        return new ConvolutionalEncoder("VGG-19 to conv5_1", weights, PhotoStyle.Features.Padding.Zero, layers: layers?.Invoke(ConvolutionalEncoder.LayersOf(weights)));
    }

    /// <summary>Random numbers that keep the scale of features; orthogonal ones would take longer than what is timed.</summary>
    private static Dictionary<string, SafeTensor> Weights()
    {
        var random = new Random(1);
        var weights = new Dictionary<string, SafeTensor>
        {
            ["preprocess.weight"] = new([3, 3, 1, 1], [1, 0, 0, 0, 1, 0, 0, 0, 1]),
            ["preprocess.bias"] = new([3], new float[3]),
        };
        int channels = 3;
        for (int block = 0; block < Widths.Length; block++)
        {
            for (int i = 0; i < Widths[block].Length; i++)
            {
                int width = Widths[block][i];
                float scale = MathF.Sqrt(18f / (9 * channels));
                weights[$"conv{block + 1}_{i + 1}.weight"] = new([width, channels, 3, 3], [.. Enumerable.Range(0, width * channels * 9).Select(_ => scale * (random.NextSingle() - 0.5f))]);
                weights[$"conv{block + 1}_{i + 1}.bias"] = new([width], new float[width]);
                channels = width;
            }
        }
        return weights;
    }

    /// <summary>One forward and one backward pass to the image, as losses of Gram matrices make it.</summary>
    public static void Pass(IFeatureEncoder encoder, FloatImage image)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = ImageTensor.From(image, encoder.Device).requires_grad_();
        IReadOnlyList<Tensor> features = encoder.EncodeUnlifted(input);
        autograd.grad([.. features], [input], [.. features.Select(f => f.detach())]);
    }
}
