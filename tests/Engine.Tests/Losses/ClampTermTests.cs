using PhotoStyle.Imaging;
using PhotoStyle.Losses;

namespace PhotoStyle.Engine.Tests.Losses;

public sealed class ClampTermTests
{
    [Fact]
    public void Colours_that_a_picture_can_hold_cost_nothing()
    {
        FloatImage output = RandomImage.Uniform(3, 40, 7, seed: 1), gradient = RandomImage.Uniform(3, 40, 7, seed: 2);
        (output.Data[0], output.Data[5]) = (0, 1);
        float[] before = [.. gradient.Data];

        Assert.Equal(0, new ClampTerm().Evaluate(output, gradient, weight: 10));
        Assert.Equal(before, gradient.Data);
    }

    // One row, a few, and so many that the work is divided.
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(133)]
    public void Value_and_gradient_agree_with_the_definition(int height)
    {
        FloatImage output = RandomImage.Uniform(3, height, 6, seed: 3, low: -1, high: 2), gradient = RandomImage.Uniform(3, height, 6, seed: 4);
        float[] before = [.. gradient.Data];

        double value = new ClampTerm().Evaluate(output, gradient, weight: 2.5);

        Assert.Equal(Value(output.Data.Select(v => (double)v)) / output.PixelCount, value, 1e-6);
        for (int i = 0; i < output.Data.Length; i++)
            Assert.Equal(before[i] + 2.5 * 2 * Excess(output.Data[i]) / output.PixelCount, gradient.Data[i], 1e-5);
    }

    [Fact]
    public void The_gradient_agrees_with_finite_differences()
    {
        FloatImage output = RandomImage.Uniform(3, 9, 6, seed: 5, low: -1, high: 2), gradient = new(3, 9, 6);
        new ClampTerm().Evaluate(output, gradient, weight: 1);
        double Loss(double[] x) => new ClampTerm().Evaluate(new FloatImage(3, 9, 6, [.. x.Select(v => (float)v)]), new FloatImage(3, 9, 6), weight: 1);

        double[] direction = FiniteDifference.RandomDirection(output.Data.Length, seed: 6);
        double expected = FiniteDifference.Central(Loss, [.. output.Data.Select(v => (double)v)], direction, 1e-3);
        Assert.Equal(expected, FiniteDifference.Dot(gradient.Data.Select(g => (double)g), direction), 1e-3 * Math.Abs(expected) + 1e-5);
    }

    private static double Excess(double value) => value < 0 ? value : value > 1 ? value - 1 : 0;

    private static double Value(IEnumerable<double> values) => values.Sum(v => Excess(v) * Excess(v));
}
