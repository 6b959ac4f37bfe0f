using PhotoStyle.Grading;

namespace PhotoStyle.Losses;

/// <summary>
/// Ties neighbouring cells of the grids together: the mean squared difference of their coefficients, summed over the grid's three axes.
/// Carries transforms into cells that no pixel sees, and keeps skies free of blotches.
/// </summary>
/// <remarks>
/// A difference that changes hues weighs more than one that changes brightness: light falls off across a scene, but a wall that is white here is not blue there.
/// Gram matrices would gladly paint it so, to have all of the style's colours somewhere.
/// </remarks>
/// <param name="classCount">Number of classes K.</param>
/// <param name="shape">Cells of each grid.</param>
/// <param name="options">The weights of the axes and of hues.</param>
public sealed class GridSmoothnessTerm(int classCount, GridShape shape, SmoothnessOptions options)
{
    /// <summary>The term's name, shown in progress and reports.</summary>
    public const string Name = "smoothness";

    /// <summary>Computes the value and adds weight · gradient.</summary>
    /// <param name="grids">K × <see cref="GridShape.Length"/> coefficients.</param>
    /// <param name="gradient">As many; added to.</param>
    /// <param name="weight">The term's weight in the objective.</param>
    /// <returns>The value without its weight.</returns>
    public double Evaluate(ReadOnlySpan<double> grids, Span<double> gradient, double weight) =>
        AlongAxis(grids, gradient, weight, GridShape.CoefficientCount, shape.Width, options.Spatial, options.SpatialChroma)
        + AlongAxis(grids, gradient, weight, shape.DepthStride, shape.Depth, options.Range, options.RangeChroma)
        + AlongAxis(grids, gradient, weight, shape.HeightStride, shape.Height, options.Spatial, options.SpatialChroma);

    private double AlongAxis(ReadOnlySpan<double> grids, Span<double> gradient, double weight, int stride, int cells, double factor, double chromaFactor)
    {
        const int row = GridShape.CoefficientCount / 3;
        int run = stride * (cells - 1), period = stride * cells;
        double scale = factor / ((long)classCount * shape.Length / cells * (cells - 1));
        double slope = 2 * weight * scale, sum = 0;
        for (int start = 0; start < grids.Length; start += period)
        {
            for (int cell = start; cell < start + run; cell += GridShape.CoefficientCount)
            {
                for (int red = cell; red < cell + row; red++)
                {
                    double r = grids[red + stride] - grids[red];
                    double g = grids[red + stride + row] - grids[red + row];
                    double b = grids[red + stride + 2 * row] - grids[red + 2 * row];
                    double mean = (r + g + b) / 3;
                    (double cr, double cg, double cb) = (r + chromaFactor * (r - mean), g + chromaFactor * (g - mean), b + chromaFactor * (b - mean));
                    sum += r * cr + g * cg + b * cb;
                    Add(gradient, red, stride, slope * cr);
                    Add(gradient, red + row, stride, slope * cg);
                    Add(gradient, red + 2 * row, stride, slope * cb);
                }
            }
        }
        return sum * scale;
    }

    private static void Add(Span<double> gradient, int at, int stride, double value)
    {
        gradient[at] -= value;
        gradient[at + stride] += value;
    }
}
