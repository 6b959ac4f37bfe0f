using PhotoStyle.Features;
using PhotoStyle.Serialization;

namespace PhotoStyle.Engine.Tests.Features;

public sealed class CaffeWeightsTests
{
    private static readonly float[] MeanRed = [123.68f / 255, 116.779f / 255, 103.939f / 255];

    [Fact]
    public void The_mean_colour_maps_to_zero() => Assert.All(Map(MeanRed), value => Assert.Equal(0, value, 1e-4));

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void Channels_come_in_the_order_blue_green_red_on_the_scale_of_bytes(int channel, int expected)
    {
        float[] brighter = [.. MeanRed];
        brighter[channel] += 1 / 255f;

        double[] mapped = Map(brighter);

        for (int c = 0; c < 3; c++) Assert.Equal(c == expected ? 1 : 0, mapped[c], 1e-4);
    }

    [Fact]
    public void The_weights_themselves_stay_as_they_are()
    {
        var weights = new Dictionary<string, SafeTensor> { ["conv1_1.bias"] = new([1], [4]) };

        Dictionary<string, SafeTensor> all = CaffeWeights.WithPreprocessing(weights);

        Assert.Same(weights["conv1_1.bias"], all["conv1_1.bias"]);
        Assert.Single(weights);
    }

    private static double[] Map(float[] colour)
    {
        Dictionary<string, SafeTensor> weights = CaffeWeights.WithPreprocessing(new Dictionary<string, SafeTensor>());
        float[] map = weights["preprocess.weight"].Values, bias = weights["preprocess.bias"].Values;
        return [.. Enumerable.Range(0, 3).Select(o => bias[o] + Enumerable.Range(0, 3).Sum(c => (double)map[o * 3 + c] * colour[c]))];
    }
}
