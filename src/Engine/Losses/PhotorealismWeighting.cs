using PhotoStyle.Imaging;

namespace PhotoStyle.Losses;

/// <summary>
/// How much more or less the photorealism term counts for a style. The energy VᵀMV grows with the square of a result's contrast, and a transfer brings the contrast
/// of the style: one weight for all would let smooth styles such as fog keep rough edges, and forbid rough ones their texture.
/// </summary>
public static class PhotorealismWeighting
{
    /// <summary>The local contrast for which the factor is 1.</summary>
    public const double Reference = 1e-3;

    // A style without any texture, such as a single colour, must not make the term infinite.
    private const double LeastContrast = 1e-4;

    // Wholly in proportion would be 1: chosen with the other weights by a sweep over pairs of photos.
    private const double Exponent = 0.9;

    /// <summary>The factor for the weight of the photorealism term.</summary>
    /// <param name="style">The style photo at the size at which is solved, 3×H×W.</param>
    public static double Of(FloatImage style) => Math.Pow(Reference / Math.Max(LocalContrast(style), LeastContrast), Exponent);

    /// <summary>The mean square of the differences of luma between neighbouring pixels, along rows and columns; 0 to 1.</summary>
    /// <param name="image">3×H×W, H and W at least 2.</param>
    public static double LocalContrast(FloatImage image)
    {
        float[] luma = Luma.Of(image).Data;
        int width = image.Width;
        double sum = 0;
        for (int y = 1; y < image.Height; y++)
        {
            for (int i = y * width + 1; i < (y + 1) * width; i++)
            {
                double across = luma[i] - luma[i - 1], down = luma[i] - luma[i - width];
                sum += (across * across + down * down) / 2;
            }
        }
        return sum / ((image.Height - 1.0) * (width - 1));
    }
}
