using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Engine.Tests.Losses;

/// <summary>Holds terms against finite differences in float64.</summary>
internal static class FeatureTensors
{
    /// <summary>Evaluates a term at every level.</summary>
    public static double Evaluate(this IFeatureTerm term, IReadOnlyList<Tensor> features, Tensor?[] gradients, double weight) =>
        features.Select((f, level) => term.Evaluate(level, f, ref gradients[level], weight)).Sum();

    public static Tensor Image(FloatImage image) => ImageTensor.From(image, CPU);

    /// <summary>Checks the gradient along random directions, that it is added to what was there, and that it is proportional to the weight.</summary>
    /// <param name="term">The term.</param>
    /// <param name="shapes">For each level C, h and w.</param>
    public static void AssertGradient(IFeatureTerm term, long[][] shapes)
    {
        using DisposeScope scope = NewDisposeScope();
        int[] counts = [.. shapes.Select(s => (int)(s[0] * s[1] * s[2]))];
        double[] at = FiniteDifference.RandomDirection(counts.Sum(), seed: 20);
        double Value(double[] x) => term.Evaluate(Split(x, shapes), new Tensor?[shapes.Length], weight: 1);

        var plain = new Tensor?[shapes.Length];
        term.Evaluate(Split(at, shapes), plain, weight: 1);
        double[] gradient = Join(plain, counts);
        for (int seed = 21; seed < 26; seed++)
        {
            double[] direction = FiniteDifference.RandomDirection(at.Length, seed);
            double expected = FiniteDifference.Central(Value, at, direction, 1e-5);
            Assert.Equal(expected, FiniteDifference.Dot(gradient, direction), 1e-6 * Math.Abs(expected) + 1e-8);
        }

        double[] before = FiniteDifference.RandomDirection(at.Length, seed: 30);
        Tensor?[] sum = [.. Split(before, shapes)];
        term.Evaluate(Split(at, shapes), sum, weight: 2.5);
        Assert.All(Join(sum, counts).Select((value, i) => value - before[i] - 2.5 * gradient[i]), rest => Assert.Equal(0, rest, 1e-9));
    }

    private static Tensor[] Split(double[] values, long[][] shapes)
    {
        int start = 0;
        return
        [
            .. shapes.Select(s =>
            {
                int count = (int)(s[0] * s[1] * s[2]);
                Tensor part = tensor(values[start..(start + count)]).reshape(1, s[0], s[1], s[2]);
                start += count;
                return part;
            }),
        ];
    }

    /// <summary>All levels in one; a level without a gradient has zeros.</summary>
    private static double[] Join(Tensor?[] gradients, int[] counts) =>
        [.. gradients.Zip(counts).SelectMany(pair => pair.First is { } g ? g.contiguous().data<double>().ToArray() : new double[pair.Second])];
}
