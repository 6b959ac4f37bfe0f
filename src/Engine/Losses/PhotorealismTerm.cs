using PhotoStyle.Imaging;
using PhotoStyle.Matting;

namespace PhotoStyle.Losses;

/// <summary>
/// The photorealism regularisation (Luan et al. 2017, equation 3): Σ_c V_c(O)ᵀ M V_c(O) with the matting Laplacian M of the content photo, over its N pixels or not.
/// Zero where the output is a locally affine function of the content's colours: colours may change, edges can not move.
/// </summary>
/// <param name="laplacian">M.</param>
/// <param name="perPixel">Whether to divide by N, so that a weight means the same at any size; the published weight is for the sum.</param>
public sealed class PhotorealismTerm(MattingLaplacian laplacian, bool perPixel = true) : IImageTerm
{
    private FloatImage? _product;

    /// <inheritdoc/>
    public string Name => "photorealism";

    /// <inheritdoc/>
    public double Evaluate(FloatImage output, FloatImage gradient, double weight)
    {
        _product ??= new FloatImage(output.Channels, output.Height, output.Width);
        double energy = laplacian.EnergyAndProduct(output, _product), scale = perPixel ? 1.0 / output.PixelCount : 1;
        float slope = (float)(2 * weight * scale);
        for (int i = 0; i < _product.Data.Length; i++) gradient.Data[i] += slope * _product.Data[i];
        return energy * scale;
    }
}
