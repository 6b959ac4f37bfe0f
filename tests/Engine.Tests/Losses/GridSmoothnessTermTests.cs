using PhotoStyle.Grading;
using PhotoStyle.Losses;

namespace PhotoStyle.Engine.Tests.Losses;

public sealed class GridSmoothnessTermTests
{
    private const int Classes = 2;

    private static readonly GridShape Shape = new(Width: 4, Height: 3, Depth: 5);
    private static readonly SmoothnessOptions Options = new(Spatial: 1.5, SpatialChroma: 20, Range: 0.4, RangeChroma: 7);

    [Fact]
    public void One_transform_throughout_each_class_costs_nothing()
    {
        double[] grids = [.. Enumerable.Range(0, Classes * Shape.Length).Select(i => (double)(i / Shape.Length * 100 + i % GridShape.CoefficientCount))];
        var gradient = new double[grids.Length];

        Assert.Equal(0, new GridSmoothnessTerm(Classes, Shape, Options).Evaluate(grids, gradient, weight: 3));
        Assert.All(gradient, slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void The_value_is_the_weighted_mean_squared_difference_along_each_axis()
    {
        double[] grids = FiniteDifference.RandomDirection(Classes * Shape.Length, seed: 1);

        double value = new GridSmoothnessTerm(Classes, Shape, Options).Evaluate(grids, new double[grids.Length], weight: 3);

        Assert.Equal(Naive(grids), value, 1e-10);
    }

    [Fact]
    public void The_gradient_agrees_with_finite_differences_and_is_added()
    {
        var term = new GridSmoothnessTerm(Classes, Shape, Options);
        double[] grids = FiniteDifference.RandomDirection(Classes * Shape.Length, seed: 2), before = FiniteDifference.RandomDirection(grids.Length, seed: 3), after = [.. before];
        term.Evaluate(grids, after, weight: 2.5);

        for (int i = 0; i < grids.Length; i++)
        {
            var unit = new double[grids.Length];
            unit[i] = 1;
            // Of a quadratic function even wide differences are exact.
            Assert.Equal(before[i] + 2.5 * FiniteDifference.Central(Naive, grids, unit, 0.5), after[i], 1e-10);
        }
    }

    private static double Naive(double[] grids)
    {
        double value = 0;
        foreach ((int dy, int dz, int dx) in new[] { (1, 0, 0), (0, 1, 0), (0, 0, 1) })
        {
            (double factor, double chroma) = dz == 1 ? (Options.Range, Options.RangeChroma) : (Options.Spatial, Options.SpatialChroma);
            var costs = new List<double>();
            for (int k = 0; k < Classes; k++)
            {
                for (int y = 0; y + dy < Shape.Height; y++)
                {
                    for (int z = 0; z + dz < Shape.Depth; z++)
                    {
                        for (int x = 0; x + dx < Shape.Width; x++)
                        {
                            for (int input = 0; input < 4; input++)
                            {
                                double[] changes = [.. Enumerable.Range(0, 3).Select(c => grids[At(k, y + dy, z + dz, x + dx, c * 4 + input)] - grids[At(k, y, z, x, c * 4 + input)])];
                                costs.AddRange(changes.Select(change => change * change + chroma * Math.Pow(change - changes.Average(), 2)));
                            }
                        }
                    }
                }
            }
            value += factor * costs.Average();
        }
        return value;
    }

    private static int At(int k, int y, int z, int x, int i) => (((k * Shape.Height + y) * Shape.Depth + z) * Shape.Width + x) * GridShape.CoefficientCount + i;
}
