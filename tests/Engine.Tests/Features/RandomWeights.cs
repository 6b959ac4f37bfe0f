using PhotoStyle.Serialization;

namespace PhotoStyle.Engine.Tests.Features;

/// <summary>Weights of small encoders with every number random, biases and colour map too.</summary>
internal static class RandomWeights
{
    /// <param name="widths">For each block the channels of each of its convolutions.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    public static Dictionary<string, SafeTensor> Create(int[][] widths, int seed)
    {
        var random = new Random(seed);
        SafeTensor Make(double scale, params long[] shape) =>
            new(shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => (float)(scale * (2 * random.NextDouble() - 1)))]);

        var weights = new Dictionary<string, SafeTensor> { ["preprocess.weight"] = Make(2, 3, 3, 1, 1), ["preprocess.bias"] = Make(1, 3) };
        int input = 3;
        for (int block = 0; block < widths.Length; block++)
        {
            for (int i = 0; i < widths[block].Length; i++)
            {
                weights[$"conv{block + 1}_{i + 1}.weight"] = Make(0.4, widths[block][i], input, 3, 3);
                weights[$"conv{block + 1}_{i + 1}.bias"] = Make(0.3, widths[block][i]);
                input = widths[block][i];
            }
        }
        return weights;
    }
}
