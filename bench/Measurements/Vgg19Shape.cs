using PhotoStyle.Features;
using PhotoStyle.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Bench.Measurements;

/// <summary>VGG-19 to conv5_1 with random weights: time does not depend on their values.</summary>
internal static class Vgg19Shape
{
    private static readonly int[][] Widths = [[64, 64], [128, 128], [256, 256, 256, 256], [512, 512, 512, 512], [512]];

    public static IFeatureEncoder Create() => new ConvolutionalEncoder("VGG-19 to conv5_1", OrthogonalWeights.Create(Widths, 1), PhotoStyle.Features.Padding.Zero);

    /// <summary>One forward and one backward pass to the image.</summary>
    public static void Pass(IFeatureEncoder encoder, FloatImage image)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = ImageTensor.From(image, encoder.Device).requires_grad_();
        IReadOnlyList<Tensor> features = encoder.Encode(input);
        autograd.grad([.. features], [input], [.. features.Select(f => f.detach())]);
    }
}
