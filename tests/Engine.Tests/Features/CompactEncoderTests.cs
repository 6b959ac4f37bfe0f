using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Engine.Tests.Features;

public sealed class CompactEncoderTests
{
    [Fact]
    public void The_weights_in_the_assembly_are_small_and_have_what_the_network_needs()
    {
        using Stream resource = typeof(CompactEncoder).Assembly.GetManifestResourceStream(CompactEncoder.ResourceName)!;
        Assert.InRange(resource.Length, 1, 2_000_000);

        using var encoder = new CompactEncoder("embedded", CompactEncoder.EmbeddedWeights(), layers: null);

        Assert.Equal(
            [new("relu1_1", 16, 2), new("relu2_1", 32, 2), new("relu3_1", 64, 4), new("relu4_1", 64, 8), new FeatureLevel("relu5_1", 64, 16)], encoder.Levels);
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(33, 47)]
    public void Levels_have_the_sizes_that_their_strides_promise(int width, int height)
    {
        using IFeatureEncoder encoder = EmbeddedEncoder.Create();
        using DisposeScope scope = NewDisposeScope();

        IReadOnlyList<Tensor> levels = encoder.Encode(ImageTensor.From(RandomImage.Uniform(3, height, width, seed: 1), CPU));

        for (int l = 0; l < levels.Count; l++)
        {
            FeatureLevel level = encoder.Levels[l];
            Assert.Equal([1, level.Channels, height / level.Stride, width / level.Stride], levels[l].shape);
            Assert.True(levels[l].isfinite().all().ToBoolean());
        }
    }

    [Fact]
    public void The_first_level_is_the_lift_of_a_convolution_of_every_second_place_written_out_by_hand()
    {
        Dictionary<string, SafeTensor> weights = new(CompactEncoder.EmbeddedWeights());
        float[] filters = weights["conv1_1.weight"].Values, biases = weights["conv1_1.bias"].Values, lift = weights["lift1.weight"].Values;
        FloatImage image = RandomImage.Uniform(3, 32, 32, seed: 2);
        using var encoder = new CompactEncoder("test", weights, ["relu1_1"]);
        using DisposeScope scope = NewDisposeScope();

        FloatImage level = ImageTensor.ToFloatImage(encoder.Encode(ImageTensor.From(image, CPU)).Single());

        foreach ((int channel, int y, int x) in new[] { (0, 0, 0), (3, 5, 7), (15, 15, 15), (8, 0, 15) })
        {
            double sum = 0;
            for (int filter = 0; filter < biases.Length; filter++) sum += lift[channel * biases.Length + filter] * Math.Max(0, Convolution(filter, y, x));
            Assert.Equal(sum, level.Row(channel, y)[x], 1e-3);
        }

        double Convolution(int filter, int y, int x)
        {
            double sum = biases[filter];
            for (int c = 0; c < 3; c++)
            {
                for (int v = 0; v < 4; v++)
                {
                    for (int u = 0; u < 4; u++)
                    {
                        (int row, int column) = (2 * y - 1 + v, 2 * x - 1 + u);
                        if (row is < 0 or > 31 || column is < 0 or > 31) continue;
                        sum += filters[((filter * 3 + c) * 4 + v) * 4 + u] * (image.Row(c, row)[column] - 0.45);
                    }
                }
            }
            return sum;
        }
    }

    [Fact]
    public void Features_are_lifts_of_what_comes_unlifted()
    {
        using IFeatureEncoder encoder = EmbeddedEncoder.Create(available => [available[2], available[4]]);
        using DisposeScope scope = NewDisposeScope();
        Tensor image = ImageTensor.From(RandomImage.Uniform(3, 32, 48, seed: 4), CPU);

        IReadOnlyList<Tensor> features = encoder.Encode(image), unlifted = encoder.EncodeUnlifted(image);

        for (int level = 0; level < features.Count; level++)
        {
            Tensor expected = einsum("oc,nchw->nohw", encoder.Lift(level)!, unlifted[level]);
            Assert.True((features[level] - expected).abs().max().ToDouble() < 1e-4 * expected.abs().max().ToDouble());
        }
    }

    [Fact]
    public void Levels_can_be_chosen_and_are_the_same_as_among_all()
    {
        FloatImage image = RandomImage.Uniform(3, 40, 36, seed: 3);
        using IFeatureEncoder all = EmbeddedEncoder.Create(), some = EmbeddedEncoder.Create(available => [available[1], available[3]]);
        using DisposeScope scope = NewDisposeScope();

        IReadOnlyList<Tensor> whole = all.Encode(ImageTensor.From(image, CPU)), chosen = some.Encode(ImageTensor.From(image, CPU));

        Assert.Equal(["relu2_1", "relu4_1"], some.Levels.Select(level => level.Name));
        Assert.True(whole[1].equal(chosen[0]).all().ToBoolean() && whole[3].equal(chosen[1]).all().ToBoolean());
    }

    [Fact]
    public void Weights_of_another_network_are_refused()
    {
        Dictionary<string, SafeTensor> weights = new(CompactEncoder.EmbeddedWeights());
        weights["conv3_1.weight"] = new([1], [0]);

        Assert.Equal(ErrorCode.WeightsInvalid, Assert.Throws<PhotoStyleException>(() => new CompactEncoder("test", weights, layers: null)).Code);
    }
}
