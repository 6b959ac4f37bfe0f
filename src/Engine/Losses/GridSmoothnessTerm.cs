using PhotoStyle.Grading;

namespace PhotoStyle.Losses;

/// <summary>
/// Ties neighbouring cells of the grids together: the mean squared difference of their coefficients, summed over the grid's three axes.
/// Carries transforms into cells that no pixel sees, and keeps skies free of blotches.
/// </summary>
public sealed class GridSmoothnessTerm(int classCount, GridShape shape)
{
    /// <summary>The term's name, shown in progress and reports.</summary>
    public const string Name = "smoothness";

    /// <summary>Computes the value and adds weight · gradient.</summary>
    /// <param name="grids">K × <see cref="GridShape.Length"/> coefficients.</param>
    /// <param name="gradient">As many; added to.</param>
    /// <param name="weight">The term's weight in the objective.</param>
    /// <returns>The value without its weight.</returns>
    public double Evaluate(ReadOnlySpan<double> grids, Span<double> gradient, double weight) =>
        AlongAxis(grids, gradient, weight, GridShape.CoefficientCount, shape.Width)
        + AlongAxis(grids, gradient, weight, shape.DepthStride, shape.Depth)
        + AlongAxis(grids, gradient, weight, shape.HeightStride, shape.Height);

    private double AlongAxis(ReadOnlySpan<double> grids, Span<double> gradient, double weight, int stride, int cells)
    {
        int run = stride * (cells - 1), period = stride * cells;
        double scale = 1.0 / ((long)classCount * shape.Length / cells * (cells - 1));
        double slope = 2 * weight * scale, sum = 0;
        for (int start = 0; start < grids.Length; start += period)
        {
            for (int i = start; i < start + run; i++)
            {
                double difference = grids[i + stride] - grids[i];
                sum += difference * difference;
                gradient[i + stride] += slope * difference;
                gradient[i] -= slope * difference;
            }
        }
        return sum * scale;
    }
}
