using PhotoStyle.Features;
using PhotoStyle.Imaging;
using TorchSharp;
using static TorchSharp.torch;
using Padding = PhotoStyle.Features.Padding;

namespace PhotoStyle.Engine.Tests.Features;

public sealed class PrecisionTests
{
    private static readonly FloatImage Image = RandomImage.Uniform(3, 32, 48, seed: 4);

    [Theory]
    [InlineData(Padding.Zero)]
    [InlineData(Padding.Reflection)]
    public void Halves_give_nearly_the_same_features_and_gradients_in_whole_floats(Padding padding)
    {
        (float[][] full, float[] fullGradient, string fullName) = Run(padding, Precision.Full);
        (float[][] half, float[] halfGradient, string halfName) = Run(padding, Precision.Bfloat16);

        for (int level = 0; level < full.Length; level++) Assert.InRange(RelativeError(half[level], full[level]), 1e-5, 0.02);
        Assert.InRange(RelativeError(halfGradient, fullGradient), 1e-5, 0.2);
        // Other features must not go by the same name.
        Assert.NotEqual(fullName, halfName);
    }

    [Fact]
    public void Automatic_is_one_of_the_two()
    {
        string name = Run(Padding.Zero, Precision.Auto).Name;

        Assert.Equal(Bfloat16Hardware.IsOn(CPU) ? "test (bfloat16)" : "test", name);
    }

    [Fact]
    public void A_level_computed_from_the_one_before_it_is_the_same_as_in_one_run()
    {
        using ConvolutionalEncoder encoder = Create(Padding.Zero, Precision.Bfloat16);
        using DisposeScope scope = NewDisposeScope();
        Tensor image = ImageTensor.From(Image, CPU);

        IReadOnlyList<Tensor> all = encoder.Encode(image);

        Assert.All(all, level => Assert.Equal(ScalarType.Float32, level.dtype));
        Assert.True(encoder.EncodeLevel(1, all[0].clone()).equal(all[1]).all().ToBoolean());
    }

    private static ConvolutionalEncoder Create(Padding padding, Precision precision) =>
        new("test", OrthogonalWeights.Create([[8, 8], [12], [16]], seed: 1), padding, precision: precision);

    private static (float[][] Levels, float[] Gradient, string Name) Run(Padding padding, Precision precision)
    {
        using ConvolutionalEncoder encoder = Create(padding, precision);
        using DisposeScope scope = NewDisposeScope();
        Tensor image = ImageTensor.From(Image, CPU).requires_grad_();
        IReadOnlyList<Tensor> levels = encoder.Encode(image);
        Tensor gradient = autograd.grad([.. levels.Select(l => l.square().sum())], [image])[0];
        return ([.. levels.Select(l => l.detach().contiguous().data<float>().ToArray())], gradient.contiguous().data<float>().ToArray(), encoder.Name);
    }

    private static double RelativeError(float[] value, float[] truth) =>
        Math.Sqrt(value.Zip(truth).Sum(p => Math.Pow(p.First - p.Second, 2)) / truth.Sum(t => (double)t * t));
}
