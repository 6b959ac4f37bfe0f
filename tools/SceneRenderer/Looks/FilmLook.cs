using System.Numerics;

namespace PhotoStyle.SceneRenderer.Looks;

/// <summary>How the photographer develops a look.</summary>
/// <param name="Key">Where the exposure puts the middle of the picture, 0.18 is neutral.</param>
/// <param name="Contrast">Slope of the film curve, 1 is neutral.</param>
/// <param name="Saturation">Colourfulness, 1 is neutral.</param>
/// <param name="WhiteBalance">Gains of red, green and blue.</param>
/// <param name="Grain">Standard deviation of the grain in mid-grey, display units.</param>
/// <param name="Bloom">Part of the light that the lens spreads into a halo.</param>
internal sealed record FilmLook(float Key, float Contrast, float Saturation, Vector3 WhiteBalance, float Grain, float Bloom);
