using PhotoStyle.Imaging;
using PhotoStyle.Matting;

namespace PhotoStyle.Losses;

/// <summary>
/// The photorealism regularisation (Luan et al. 2017, equation 3): Σ_c V_c(O)ᵀ M V_c(O) / N with the matting Laplacian M of the content photo and its N pixels.
/// Zero where the output is a locally affine function of the content's colours: colours may change, edges can not move.
/// </summary>
public sealed class PhotorealismTerm(MattingLaplacian laplacian) : IImageTerm
{
    private FloatImage? _product;

    /// <inheritdoc/>
    public string Name => "photorealism";

    /// <inheritdoc/>
    public double Evaluate(FloatImage output, FloatImage gradient, double weight)
    {
        _product ??= new FloatImage(output.Channels, output.Height, output.Width);
        double energy = laplacian.EnergyAndProduct(output, _product);
        float slope = (float)(2 * weight / output.PixelCount);
        for (int i = 0; i < _product.Data.Length; i++) gradient.Data[i] += slope * _product.Data[i];
        return energy / output.PixelCount;
    }
}
