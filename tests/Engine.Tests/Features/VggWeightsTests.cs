using PhotoStyle.Features;
using PhotoStyle.Serialization;

namespace PhotoStyle.Engine.Tests.Features;

public sealed class VggWeightsTests
{
    private static readonly float[] CaffeMeanRed = [123.68f / 255, 116.779f / 255, 103.939f / 255];
    private static readonly float[] TorchvisionMean = [0.485f, 0.456f, 0.406f];

    [Fact]
    public void The_mean_colour_maps_to_zero()
    {
        Assert.All(Map(VggWeights.WithCaffePreprocessing, CaffeMeanRed), value => Assert.Equal(0, value, 1e-4));
        Assert.All(Map(VggWeights.WithTorchvisionPreprocessing, TorchvisionMean), value => Assert.Equal(0, value, 1e-6));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void Caffes_channels_come_in_the_order_blue_green_red_on_the_scale_of_bytes(int channel, int expected)
    {
        float[] brighter = [.. CaffeMeanRed];
        brighter[channel] += 1 / 255f;

        double[] mapped = Map(VggWeights.WithCaffePreprocessing, brighter);

        for (int c = 0; c < 3; c++) Assert.Equal(c == expected ? 1 : 0, mapped[c], 1e-4);
    }

    [Theory]
    [InlineData(0, 0.229f)]
    [InlineData(1, 0.224f)]
    [InlineData(2, 0.225f)]
    public void Torchvisions_channels_are_in_units_of_their_deviation(int channel, float deviation)
    {
        float[] brighter = [.. TorchvisionMean];
        brighter[channel] += deviation;

        double[] mapped = Map(VggWeights.WithTorchvisionPreprocessing, brighter);

        for (int c = 0; c < 3; c++) Assert.Equal(c == channel ? 1 : 0, mapped[c], 1e-5);
    }

    [Fact]
    public void The_weights_themselves_stay_as_they_are()
    {
        var weights = new Dictionary<string, SafeTensor> { ["conv1_1.bias"] = new([1], [4]) };

        Dictionary<string, SafeTensor> all = VggWeights.WithCaffePreprocessing(weights);

        Assert.Same(weights["conv1_1.bias"], all["conv1_1.bias"]);
        Assert.Single(weights);
    }

    [Fact]
    public void Torchvisions_sixteen_convolutions_get_the_names_of_their_blocks()
    {
        // nn.Sequential of VGG-19: convolution, ReLU, …, with a pooling behind 64 64, 128 128, 256 ×4, 512 ×4.
        var weights = new Dictionary<string, SafeTensor>();
        var expected = new List<string>();
        int index = 0;
        foreach ((int block, int count) in new[] { (1, 2), (2, 2), (3, 4), (4, 4), (5, 4) })
        {
            for (int i = 1; i <= count; i++)
            {
                weights[$"features.{index}.weight"] = new([1], [index]);
                expected.Add($"conv{block}_{i}.weight");
                index += 2;
            }
            index++;
        }
        weights["classifier.0.weight"] = new([1], [99]);

        Dictionary<string, SafeTensor> renamed = VggWeights.ByBlock(weights);

        Assert.Equal([.. expected, "classifier.0.weight"], renamed.OrderBy(w => w.Value.Values[0]).Select(w => w.Key));
        Assert.False(VggWeights.IsConvolution("classifier.0.weight"));
    }

    private static double[] Map(Func<IReadOnlyDictionary<string, SafeTensor>, Dictionary<string, SafeTensor>> preprocessing, float[] colour)
    {
        Dictionary<string, SafeTensor> weights = preprocessing(new Dictionary<string, SafeTensor>());
        float[] map = weights["preprocess.weight"].Values, bias = weights["preprocess.bias"].Values;
        return [.. Enumerable.Range(0, 3).Select(o => bias[o] + Enumerable.Range(0, 3).Sum(c => (double)map[o * 3 + c] * colour[c]))];
    }
}
