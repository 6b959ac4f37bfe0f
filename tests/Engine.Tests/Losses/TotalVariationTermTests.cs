using PhotoStyle.Imaging;
using PhotoStyle.Losses;

namespace PhotoStyle.Engine.Tests.Losses;

public sealed class TotalVariationTermTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(9, 1)]
    [InlineData(37, 23)]
    public void The_value_is_the_sum_of_squared_differences_of_neighbours(int height, int width)
    {
        FloatImage picture = Picture(height, width);
        double expected = 0;
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    if (x > 0) expected += Math.Pow(255.0 * (picture.Row(c, y)[x] - picture.Row(c, y)[x - 1]), 2);
                    if (y > 0) expected += Math.Pow(255.0 * (picture.Row(c, y)[x] - picture.Row(c, y - 1)[x]), 2);
                }
            }
        }

        Assert.Equal(expected, new TotalVariationTerm().Evaluate(picture, new FloatImage(3, height, width), weight: 2), 1e-9 * expected);
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(9, 1)]
    [InlineData(37, 23)]
    public void The_gradient_agrees_with_finite_differences(int height, int width)
    {
        var term = new TotalVariationTerm();
        FloatImage picture = Picture(height, width), gradient = new(3, height, width);
        term.Evaluate(picture, gradient, weight: 0.25);

        // Quadratic: a central difference is exact, and multiples of a power of two lose nothing in float32.
        for (int seed = 0; seed < 5; seed++)
        {
            float[] direction = [.. FiniteDifference.RandomDirection(picture.Data.Length, seed).Select(d => MathF.Round(8 * (float)d) / 8)];
            double Value(float step) => term.Evaluate(new(3, height, width, [.. picture.Data.Zip(direction, (v, d) => v + step * d)]), new(3, height, width), weight: 1);
            double expected = 0.25 * (Value(1) - Value(-1)) / 2, found = gradient.Data.Zip(direction, (g, d) => (double)g * d).Sum();
            Assert.Equal(expected, found, 1e-5 * gradient.Data.Sum(Math.Abs) + 1e-9);
        }
    }

    [Fact]
    public void The_gradient_is_added_to_what_was_there()
    {
        FloatImage alone = new(3, 8, 9), added = RandomImage.Uniform(3, 8, 9, seed: 3);
        float[] before = [.. added.Data];
        new TotalVariationTerm().Evaluate(Picture(8, 9), alone, weight: 1e-3);
        new TotalVariationTerm().Evaluate(Picture(8, 9), added, weight: 1e-3);

        for (int i = 0; i < before.Length; i++) Assert.Equal(before[i] + alone.Data[i], added.Data[i], 1e-4f);
    }

    /// <summary>Eighths, so that sums and differences are exact.</summary>
    private static FloatImage Picture(int height, int width)
    {
        FloatImage picture = RandomImage.Uniform(3, height, width, seed: 1);
        for (int i = 0; i < picture.Data.Length; i++) picture.Data[i] = MathF.Round(picture.Data[i] * 64) / 64;
        return picture;
    }
}
