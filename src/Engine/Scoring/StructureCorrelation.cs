using PhotoStyle.Imaging;

namespace PhotoStyle.Scoring;

/// <summary>The figure <c>struct</c>: how far light and dark still alternate where they do in the content, whatever their strength.</summary>
public static class StructureCorrelation
{
    /// <summary>Side of the windows in pixels.</summary>
    public const int Window = 15;

    // Keeps flat windows, where correlation is noise, near 1: a deviation of 5 of 255 squared. The third factor of SSIM has the same form.
    private const double Stabiliser = 4e-4;

    /// <summary>Mean over all windows inside the image of (cov + s)/(σ_O σ_I + s), s = 4e-4, of luma.</summary>
    /// <param name="output">3×H×W, sRGB-encoded, H and W at least 15.</param>
    /// <param name="content">3×H×W.</param>
    /// <returns>−1 to 1; 1 for images of the same structure.</returns>
    public static double Of(FloatImage output, FloatImage content)
    {
        int height = content.Height, width = content.Width;
        ArgumentOutOfRangeException.ThrowIfNotEqual((output.Height, output.Width), (height, width));
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(height, width), Window);

        double[] o = Array.ConvertAll(Luma.Of(output).Data, value => (double)value), i = Array.ConvertAll(Luma.Of(content).Data, value => (double)value);
        double[][] products = [o, i, Product(o, o), Product(i, i), Product(o, i)];
        var means = new double[products.Length][];
        Parallel.For(0, means.Length, m =>
        {
            means[m] = new double[o.Length];
            BoxFilter.Mean<double>(products[m], means[m], height, width, Window / 2);
        });

        double sum = 0;
        for (int y = Window / 2; y < height - Window / 2; y++)
        {
            for (int x = Window / 2; x < width - Window / 2; x++)
            {
                int p = y * width + x;
                double varianceO = Math.Max(0, means[2][p] - means[0][p] * means[0][p]);
                double varianceI = Math.Max(0, means[3][p] - means[1][p] * means[1][p]);
                double covariance = means[4][p] - means[0][p] * means[1][p];
                sum += (covariance + Stabiliser) / (Math.Sqrt(varianceO * varianceI) + Stabiliser);
            }
        }
        return sum / ((height - Window + 1) * (width - Window + 1));
    }

    private static double[] Product(double[] first, double[] second)
    {
        var product = new double[first.Length];
        for (int i = 0; i < product.Length; i++)
            product[i] = first[i] * second[i];
        return product;
    }
}
