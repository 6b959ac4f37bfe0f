using PhotoStyle.Optimization;

namespace PhotoStyle.Engine.Tests.Optimization;

public sealed class CompactHistoryTests
{
    [Theory]
    [InlineData(12, 1)]
    [InlineData(12, 3)]
    [InlineData(12, 20)]
    [InlineData(2047, 5)]
    [InlineData(2049, 5)]
    [InlineData(10_007, 4)]
    public void The_direction_is_that_of_the_history_in_double_precision(int count, int capacity)
    {
        var exact = new LbfgsHistory(count, capacity, applyInverseHessian0: null);
        var history = new CompactHistory(count, capacity);
        double[] from = TestFunctions.RandomPoint(count, 1, seed: 0);
        for (int move = 1; move < 9; move++)
        {
            double[] to = TestFunctions.RandomPoint(count, 1, seed: move), gradient = Gradient(to);
            exact.Add(from, to, Gradient(from), gradient);
            history.Add(from, to, Gradient(from), gradient);
            Assert.Equal(exact.Count, history.Count);

            double[] expected = new double[count], direction = new double[count];
            exact.Direction(gradient, expected);
            history.Direction(gradient, direction);
            double norm = VectorMath.Norm(expected);
            VectorMath.AddScaled(direction, -1, expected, direction);
            Assert.InRange(VectorMath.Norm(direction) / norm, 0, 5e-5);
            from = to;
        }
    }

    [Fact]
    public void A_move_of_negative_curvature_is_left_out_and_the_gradient_it_led_to_is_used()
    {
        var exact = new LbfgsHistory(2, 3, null);
        var history = new CompactHistory(2, 3);
        foreach (ILbfgsHistory h in new ILbfgsHistory[] { exact, history })
        {
            h.Add([0, 0], [1, 1], [0, 0], [1, 2]);
            h.Add([0, 0], [1, 1], [1, 2], [0.5, 0]);
        }
        Assert.Equal(1, history.Count);
        double[] expected = new double[2], direction = new double[2];
        exact.Direction([0.5, 0], expected);
        history.Direction([0.5, 0], direction);
        Assert.Equal(expected[0], direction[0], 2e-5);
        Assert.Equal(expected[1], direction[1], 2e-5);
    }

    private static double[] Gradient(double[] x)
    {
        double sum = x.Sum() / x.Length;
        return [.. x.Select((value, i) => (1 + i % 12) * value + 0.5 * sum)];
    }
}
