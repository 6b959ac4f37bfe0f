using PhotoStyle.Imaging;
using PhotoStyle.Losses;

namespace PhotoStyle.Engine.Tests.Losses;

public sealed class GradientReversalTermTests
{
    private static readonly float[] LumaWeights = [Luma.Red, Luma.Green, Luma.Blue];

    // Fewer rows or columns than a pair spans, a few, and so many that the work is divided.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 40)]
    [InlineData(40, 3)]
    [InlineData(9, 12)]
    [InlineData(133, 7)]
    public void The_value_agrees_with_the_definition(int height, int width)
    {
        FloatImage content = RandomImage.Uniform(3, height, width, seed: 1), output = RandomImage.Uniform(3, height, width, seed: 2);

        double value = new GradientReversalTerm(content).Evaluate(output, new FloatImage(3, height, width), weight: 3);

        Assert.Equal(Naive(content, [.. output.Data.Select(v => (double)v)]), value, 1e-6);
    }

    [Fact]
    public void The_gradient_agrees_with_finite_differences_and_is_added()
    {
        const int height = 21, width = 11;
        FloatImage content = RandomImage.Uniform(3, height, width, seed: 1), output = RandomImage.Uniform(3, height, width, seed: 2);
        FloatImage gradient = RandomImage.Uniform(3, height, width, seed: 3);
        float[] before = [.. gradient.Data];
        new GradientReversalTerm(content).Evaluate(output, gradient, weight: 2.5);

        double[] at = [.. output.Data.Select(v => (double)v)];
        for (int i = 0; i < at.Length; i += 7)
        {
            var unit = new double[at.Length];
            unit[i] = 1;
            Assert.Equal(before[i] + 2.5 * FiniteDifference.Central(x => Naive(content, x), at, unit, 1e-7), gradient.Data[i], 1e-5);
        }
    }

    [Fact]
    public void Any_rising_tone_curve_costs_nothing_and_a_negative_much()
    {
        FloatImage content = RandomImage.Uniform(3, 20, 20, seed: 1), gradient = new(3, 20, 20);
        // Of grey, so that luma is what the curve is applied to.
        for (int c = 1; c < 3; c++) content.Plane(0).CopyTo(content.Plane(c));
        var term = new GradientReversalTerm(content);
        FloatImage Mapped(Func<float, float> curve) => new(3, 20, 20, [.. content.Data.Select(curve)]);

        Assert.Equal(0, term.Evaluate(Mapped(v => 0.2f + 0.5f * v * v), gradient, weight: 1), 1e-9);
        Assert.All(gradient.Data, slope => Assert.Equal(0, slope, 1e-6f));
        Assert.InRange(term.Evaluate(Mapped(v => 1 - v), gradient, weight: 1), 0.05, 1);
    }

    [Fact]
    public void A_flat_output_costs_nothing_but_neither_does_a_flat_content()
    {
        FloatImage flat = new(3, 10, 10), busy = RandomImage.Uniform(3, 10, 10, seed: 1), gradient = new(3, 10, 10);

        Assert.Equal(0, new GradientReversalTerm(busy).Evaluate(flat, gradient, weight: 1));
        Assert.Equal(0, new GradientReversalTerm(flat).Evaluate(busy, gradient, weight: 1));
    }

    private static double Naive(FloatImage content, double[] output)
    {
        double[] light = Light([.. content.Data.Select(v => (double)v)]), outputLight = Light(output);
        double sum = 0;
        for (int i = 0; i < light.Length; i++)
        {
            if (i % content.Width + GradientReversalTerm.Distance < content.Width) sum += Cost(i, i + GradientReversalTerm.Distance);
            if (i + GradientReversalTerm.Distance * content.Width < light.Length) sum += Cost(i, i + GradientReversalTerm.Distance * content.Width);
        }
        return sum / light.Length;

        double Cost(int a, int b)
        {
            double change = outputLight[b] - outputLight[a];
            return change * (light[b] - light[a]) < 0 ? change * change : 0;
        }
    }

    private static double[] Light(double[] colours)
    {
        int count = colours.Length / 3;
        return [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, 3).Sum(c => LumaWeights[c] * colours[c * count + i]))];
    }
}
