using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Grading;

/// <summary>The global part of a grade: what it does to a colour on average over the places where the photo has such colours.</summary>
internal static class GlobalCurve
{
    /// <summary>For each luma cell the mean of the transforms of all classes and places, weighted by the pixels that use them.</summary>
    /// <returns>Depth × 12 coefficients.</returns>
    public static float[] Of(AffineGrids grids, ClassedImage content)
    {
        GridShape shape = grids.Shape;
        float[] usage = Usage(shape, content);
        // Luma that no pixel has: the plain mean, since someone will apply the table to other photos.
        double least = 1e-3 * content.Image.PixelCount / usage.Length;
        var curve = new float[shape.Depth * GridShape.CoefficientCount];
        for (int z = 0; z < shape.Depth; z++)
        {
            var sum = new double[GridShape.CoefficientCount];
            double total = 0;
            for (int cell = 0; cell < usage.Length; cell++)
            {
                if (cell / shape.Width % shape.Depth != z) continue;
                double weight = usage[cell] + least;
                total += weight;
                for (int i = 0; i < sum.Length; i++) sum[i] += weight * grids.Values[cell * GridShape.CoefficientCount + i];
            }
            for (int i = 0; i < sum.Length; i++) curve[z * GridShape.CoefficientCount + i] = (float)(sum[i] / total);
        }
        return curve;
    }

    /// <summary>For each luma cell the affine transform that fits a picture best there, by ridge regression towards the transform of all pixels.</summary>
    /// <param name="content">The photo, 3×H×W.</param>
    /// <param name="picture">What it became, 3×H×W.</param>
    /// <param name="depth">Luma cells, at least 2.</param>
    /// <returns>Depth × 12 coefficients.</returns>
    public static float[] Of(FloatImage content, FloatImage picture, int depth)
    {
        FloatImage luma = Luma.Of(content);
        var cells = new AffineRegression[depth];
        for (int z = 0; z < depth; z++) cells[z] = new AffineRegression();
        var whole = new AffineRegression();
        for (int p = 0; p < content.PixelCount; p++)
        {
            int z = GridAxis.Locate(luma.Data[p], depth, out float fraction);
            cells[z].Add(content, picture, p, 1 - fraction);
            cells[z + 1].Add(content, picture, p, fraction);
            whole.Add(content, picture, p, 1);
        }
        float[] mean = whole.Solve(ColourTransform.Identity.Coefficients);
        return [.. cells.SelectMany(cell => cell.Solve(mean))];
    }

    /// <summary>How many pixels use each cell: the adjoint of slicing, applied to an output of ones, found in the offsets of the red rows.</summary>
    private static float[] Usage(GridShape shape, ClassedImage content)
    {
        var slicing = new GridSlicing(content.Image, content.Masks, shape);
        var ones = new FloatImage(3, content.Image.Height, content.Image.Width);
        ones.Plane(0).Fill(1);
        var gradient = new float[slicing.ParameterCount];
        slicing.ApplyAdjoint(ones, gradient);
        const int redOffset = 3;
        return [.. Enumerable.Range(0, gradient.Length / GridShape.CoefficientCount).Select(cell => gradient[cell * GridShape.CoefficientCount + redOffset])];
    }
}
