using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Serialization;
using TorchSharp;
using static TorchSharp.torch;
using Padding = PhotoStyle.Features.Padding;

namespace PhotoStyle.Engine.Tests.Features;

public sealed class ConvolutionalEncoderTests
{
    private static readonly int[][] Widths = [[4, 5], [6, 3], [7]];

    [Theory]
    [InlineData(Padding.Zero, 13, 11)]
    [InlineData(Padding.Reflection, 13, 11)]
    [InlineData(Padding.Zero, 8, 21)]
    [InlineData(Padding.Reflection, 8, 21)]
    [InlineData(Padding.Zero, 4, 4)]
    public void Features_agree_with_plain_loops_in_float64(Padding padding, int height, int width)
    {
        Dictionary<string, SafeTensor> weights = RandomWeights.Create(Widths, seed: 1);
        FloatImage image = RandomImage.Uniform(3, height, width, seed: 2);
        using var encoder = new ConvolutionalEncoder("small", weights, padding);
        using DisposeScope scope = NewDisposeScope();

        IReadOnlyList<Tensor> features = encoder.Encode(ImageTensor.From(image, encoder.Device));

        List<double[,,]> expected = NaiveEncoder.Encode(weights, image, padding, [2, 2, 1]);
        Assert.Equal(expected.Count, features.Count);
        for (int level = 0; level < expected.Count; level++)
        {
            FloatImage found = ImageTensor.ToFloatImage(features[level]);
            Assert.Equal(
                (expected[level].GetLength(0), expected[level].GetLength(1), expected[level].GetLength(2)), (found.Channels, found.Height, found.Width));
            Assert.All(expected[level].Cast<double>().Zip(found.Data), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }

    [Theory]
    [InlineData(Padding.Zero)]
    [InlineData(Padding.Reflection)]
    public void A_level_leaves_nothing_but_itself_in_the_surrounding_scope(Padding padding)
    {
        using var encoder = new ConvolutionalEncoder("small", RandomWeights.Create(Widths, seed: 1), padding);
        using DisposeScope scope = NewDisposeScope();
        Tensor previous = ImageTensor.From(RandomImage.Uniform(3, 16, 16, seed: 2), encoder.Device);
        for (int level = 0; level < Widths.Length; level++)
        {
            int before = scope.DisposablesCount;
            previous = encoder.EncodeLevel(level, previous);
            Assert.Equal(before + 1, scope.DisposablesCount);
        }
    }

    [Fact]
    public void Levels_are_named_after_the_first_activation_of_each_block()
    {
        using var encoder = new ConvolutionalEncoder("small", RandomWeights.Create(Widths, seed: 1), Padding.Zero);

        Assert.Equal("small", encoder.Name);
        Assert.Equal([new FeatureLevel("relu1_1", 4, 1), new FeatureLevel("relu2_1", 6, 2), new FeatureLevel("relu3_1", 7, 4)], encoder.Levels);
    }

    [Fact]
    public void Other_activations_can_be_levels()
    {
        Dictionary<string, SafeTensor> weights = RandomWeights.Create(Widths, seed: 1);
        FloatImage image = RandomImage.Uniform(3, 12, 9, seed: 2);
        using var encoder = new ConvolutionalEncoder("small", weights, Padding.Zero, layers: ["relu2_2", "relu1_2", "relu2_1"]);
        using DisposeScope scope = NewDisposeScope();

        IReadOnlyList<Tensor> features = encoder.Encode(ImageTensor.From(image, encoder.Device));

        Assert.Equal([new FeatureLevel("relu1_2", 5, 1), new FeatureLevel("relu2_1", 6, 2), new FeatureLevel("relu2_2", 3, 2)], encoder.Levels);
        List<double[,,]> expected = NaiveEncoder.Encode(weights, image, Padding.Zero, [2, 2], every: true);
        for (int level = 0; level < features.Count; level++)
        {
            Assert.All(expected[level + 1].Cast<double>().Zip(ImageTensor.ToFloatImage(features[level]).Data), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }

    [Fact]
    public void Weights_tell_which_activations_they_have() =>
        Assert.Equal(["relu1_1", "relu1_2", "relu2_1", "relu2_2", "relu3_1"], ConvolutionalEncoder.LayersOf(RandomWeights.Create([[4, 5], [6, 3], [7]], seed: 1)));

    [Theory]
    [InlineData("preprocess.weight")]
    [InlineData("preprocess.bias")]
    [InlineData("conv1_1.bias")]
    [InlineData("conv2_2.bias")]
    [InlineData("conv3_1.bias")]
    public void A_tensor_that_is_missing_is_named(string name)
    {
        Dictionary<string, SafeTensor> weights = RandomWeights.Create(Widths, seed: 1);
        weights.Remove(name);

        AssertInvalid(weights, name);
    }

    [Fact]
    public void An_encoder_without_its_first_convolution_is_refused()
    {
        Dictionary<string, SafeTensor> weights = RandomWeights.Create(Widths, seed: 1);
        weights.Remove("conv1_1.weight");

        AssertInvalid(weights, "conv1_1");
    }

    [Theory]
    [InlineData("preprocess.weight", new long[] { 3, 3 })]
    [InlineData("preprocess.bias", new long[] { 4 })]
    [InlineData("conv1_1.weight", new long[] { 4, 3, 5, 5 })]
    [InlineData("conv1_2.weight", new long[] { 5, 3, 3, 3 })]
    [InlineData("conv2_1.weight", new long[] { })]
    [InlineData("conv2_1.bias", new long[] { 5 })]
    public void A_tensor_of_another_shape_is_named(string name, long[] shape)
    {
        Dictionary<string, SafeTensor> weights = RandomWeights.Create(Widths, seed: 1);
        weights[name] = new(shape, new float[shape.Aggregate(1L, (a, b) => a * b)]);

        AssertInvalid(weights, name);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_tensor_that_is_not_finite_is_named(float value)
    {
        Dictionary<string, SafeTensor> weights = RandomWeights.Create(Widths, seed: 1);
        weights["conv2_1.weight"].Values[5] = value;

        AssertInvalid(weights, "conv2_1.weight");
    }

    [Fact]
    public void Convolutions_behind_the_last_level_are_not_used()
    {
        Dictionary<string, SafeTensor> weights = RandomWeights.Create([[4], [5, 6, 7]], seed: 3);
        foreach (string name in new[] { "conv2_2", "conv2_3" })
        {
            weights[name + ".weight"] = new([1], [float.NaN]);
            weights.Remove(name + ".bias");
        }

        using var encoder = new ConvolutionalEncoder("small", weights, Padding.Zero);

        Assert.Equal([4, 5], encoder.Levels.Select(level => level.Channels));
    }

    [Theory]
    [InlineData(Padding.Zero)]
    [InlineData(Padding.Reflection)]
    public void The_gradient_of_the_image_agrees_with_finite_differences(Padding padding)
    {
        using var encoder = new ConvolutionalEncoder("small", RandomWeights.Create(Widths, seed: 4), padding);
        FloatImage image = RandomImage.Uniform(3, 13, 11, seed: 5);
        double Energy(double[] pixels)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = ImageTensor.From(new FloatImage(3, 13, 11, [.. pixels.Select(p => (float)p)]), encoder.Device);
            return encoder.Encode(x).Sum(f => f.square().sum(ScalarType.Float64).ToDouble());
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor input = ImageTensor.From(image, encoder.Device).requires_grad_();
        Tensor energy = encoder.Encode(input).Select(f => f.square().sum()).Aggregate((a, b) => a + b);
        double[] gradient = [.. ImageTensor.ToFloatImage(autograd.grad([energy], [input])[0]).Data.Select(g => (double)g)];

        double[] at = [.. image.Data.Select(p => (double)p)], direction = [.. gradient.Select(g => g / Math.Sqrt(FiniteDifference.Dot(gradient, gradient)))];
        double slope = FiniteDifference.Dot(gradient, direction);
        Assert.Equal(slope, FiniteDifference.Central(Energy, at, direction, 1e-3), 0.01 * slope);
    }

    [Fact]
    public void An_encoder_outlives_the_dispose_scope_it_was_made_in()
    {
        ConvolutionalEncoder encoder;
        using (NewDisposeScope())
        {
            encoder = new ConvolutionalEncoder("small", RandomWeights.Create(Widths, seed: 1), Padding.Zero);
        }

        using (encoder)
        {
            using DisposeScope scope = NewDisposeScope();
            Assert.Equal([1L, 7, 2, 2], encoder.Encode(ImageTensor.From(RandomImage.Uniform(3, 9, 8, seed: 2), encoder.Device))[2].shape);
        }
    }

    private static void AssertInvalid(Dictionary<string, SafeTensor> weights, string name)
    {
        PhotoStyleException error = Assert.Throws<PhotoStyleException>(() => new ConvolutionalEncoder("small", weights, Padding.Zero));
        Assert.Equal(ErrorCode.WeightsInvalid, error.Code);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'small'", error.Message, StringComparison.Ordinal);
    }
}
