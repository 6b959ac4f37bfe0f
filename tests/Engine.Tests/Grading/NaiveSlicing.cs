using PhotoStyle.Grading;
using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Grading;

/// <summary>Oracle: O(p) = Σ_k m_k(p) · A_k(p, luma(p)) · [I(p); 1] with A_k interpolated over the eight cells around, in float64.</summary>
internal static class NaiveSlicing
{
    /// <summary>3·H·W values.</summary>
    public static double[] Apply(FloatImage image, FloatImage masks, AffineGrids grids)
    {
        var output = new double[3 * image.PixelCount];
        for (int p = 0; p < image.PixelCount; p++)
        {
            double[] colour = [image.Plane(0)[p], image.Plane(1)[p], image.Plane(2)[p], 1];
            double luma = 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2];
            for (int k = 0; k < masks.Channels; k++)
            {
                double[] transform = Transform(grids, k, (p % image.Width + 0.5) / image.Width, (p / image.Width + 0.5) / image.Height, luma);
                for (int c = 0; c < 3; c++)
                {
                    for (int i = 0; i < 4; i++) output[c * image.PixelCount + p] += masks.Plane(k)[p] * transform[c * 4 + i] * colour[i];
                }
            }
        }
        return output;
    }

    private static double[] Transform(AffineGrids grids, int k, double x, double y, double z)
    {
        GridShape shape = grids.Shape;
        var transform = new double[GridShape.CoefficientCount];
        foreach ((int cellX, double weightX) in Cells(x, shape.Width))
        {
            foreach ((int cellY, double weightY) in Cells(y, shape.Height))
            {
                foreach ((int cellZ, double weightZ) in Cells(z, shape.Depth))
                {
                    int cell = ((k * shape.Height + cellY) * shape.Depth + cellZ) * shape.Width + cellX;
                    for (int i = 0; i < transform.Length; i++) transform[i] += weightX * weightY * weightZ * grids.Values[cell * transform.Length + i];
                }
            }
        }
        return transform;
    }

    /// <summary>A tent around each cell's centre; beyond the outermost centres the outermost cell alone.</summary>
    private static IEnumerable<(int Cell, double Weight)> Cells(double position, int count)
    {
        double u = Math.Clamp(position * count - 0.5, 0, count - 1);
        return Enumerable.Range(0, count).Select(cell => (cell, Math.Max(0, 1 - Math.Abs(u - cell)))).Where(c => c.Item2 > 0);
    }
}
