using PhotoStyle.TrainEncoder.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.TrainEncoder.Tests;

public sealed class GramDistancesTests
{
    private const int Pictures = 3, Channels = 4, Height = 5, Width = 6;

    public GramDistancesTests() => TorchRuntime.Initialize();

    [Fact]
    public void Distances_are_those_of_matrices_added_up_pixel_by_pixel()
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(1);
        Tensor features = rand(Pictures, Channels, Height, Width);
        float[] values = features.data<float>().ToArray();

        Tensor distances = GramDistances.Relative(GramDistances.Gram(features));

        for (int i = 0; i < Pictures; i++)
        {
            for (int j = 0; j < Pictures; j++)
            {
                double[] mine = Gram(i), theirs = Gram(j);
                double expected = Math.Sqrt(mine.Zip(theirs, (a, b) => (a - b) * (a - b)).Sum() / theirs.Sum(b => b * b));
                Assert.Equal(expected, distances[i, j].ToDouble(), 1e-4);
            }
        }

        double[] Gram(int picture)
        {
            var gram = new double[Channels * Channels];
            for (int a = 0; a < Channels; a++)
            {
                for (int b = 0; b < Channels; b++)
                {
                    for (int p = 0; p < Height * Width; p++)
                        gram[a * Channels + b] += (double)values[(picture * Channels + a) * Height * Width + p] * values[(picture * Channels + b) * Height * Width + p] / (Height * Width);
                }
            }
            return gram;
        }
    }

    [Fact]
    public void Matrices_that_rise_together_correlate_wholly_whatever_their_diagonal()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor first = tensor(new[] { 9f, 1, 2, 3, 9, 4, 5, 6, 9 }, [3, 3]), second = tensor(new[] { -7f, 12, 14, 16, 0, 18, 20, 22, 5 }, [3, 3]);

        Assert.Equal(1, GramDistances.Correlation(first, second), 1e-9);
        Assert.Equal(-1, GramDistances.Correlation(first, -second), 1e-9);
    }
}
