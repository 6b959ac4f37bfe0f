using PhotoStyle.Features;
using PhotoStyle.Serialization;

namespace PhotoStyle.Engine.Tests.Features;

public sealed class OrthogonalWeightsTests
{
    // The first convolution has 27 inputs: 9 outputs are fewer, 40 are more.
    private static readonly int[][] Widths = [[9], [40, 5]];

    [Theory]
    [InlineData("conv1_1", 9, 3)]
    [InlineData("conv2_1", 40, 9)]
    [InlineData("conv2_2", 5, 40)]
    public void Rows_are_orthogonal_and_of_one_length(string name, int outputs, int inputs)
    {
        SafeTensor weight = OrthogonalWeights.Create(Widths, seed: 3)[name + ".weight"];

        Assert.Equal([outputs, inputs, 3, 3], weight.Shape);
        AssertOrthogonal([.. weight.Values.Chunk(inputs * 9)]);
    }

    [Fact]
    public void Columns_are_orthogonal_where_there_are_more_rows()
    {
        float[] values = OrthogonalWeights.Create([[40]], seed: 3)["conv1_1.weight"].Values;

        AssertOrthogonal([.. Enumerable.Range(0, 27).Select(column => values.Where((_, i) => i % 27 == column).ToArray())]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        float[] Values(ulong seed) => [.. OrthogonalWeights.Create(Widths, seed).OrderBy(w => w.Key, StringComparer.Ordinal).SelectMany(w => w.Value.Values)];

        Assert.Equal(Values(5), Values(5));
        Assert.NotEqual(Values(5), Values(6));
    }

    [Fact]
    public void The_mean_colour_of_photos_maps_to_zero_and_one_deviation_to_one()
    {
        Dictionary<string, SafeTensor> weights = OrthogonalWeights.Create([[4]], seed: 1);
        double[] mean = [0.485, 0.456, 0.406], deviation = [0.229, 0.224, 0.225];
        for (int c = 0; c < 3; c++)
        {
            double bias = weights["preprocess.bias"].Values[c], slope = weights["preprocess.weight"].Values[c * 3 + c];
            Assert.Equal(0, slope * mean[c] + bias, 1e-6);
            Assert.Equal(1, slope * (mean[c] + deviation[c]) + bias, 1e-6);
        }
        Assert.Equal(3, weights["preprocess.weight"].Values.Count(v => v != 0));
    }

    private static void AssertOrthogonal(float[][] vectors)
    {
        double Dot(int a, int b) => vectors[a].Zip(vectors[b], (x, y) => (double)x * y).Sum();
        double square = Dot(0, 0);
        Assert.InRange(square, 1, 10);
        for (int a = 0; a < vectors.Length; a++)
        {
            for (int b = 0; b <= a; b++) Assert.Equal(a == b ? square : 0, Dot(a, b), 1e-5);
        }
    }
}
