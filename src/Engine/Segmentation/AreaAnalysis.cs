using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>A photo cut into small areas of like colour, with a vector for each that says what it looks like: what clustering needs of a photo.</summary>
/// <param name="Image">3×H×W, sRGB-encoded.</param>
/// <param name="Areas">H·W: the area that a pixel belongs to, 0 … N − 1.</param>
/// <param name="Features">N vectors; the squared distance of two, also of different photos, tells how unlike the areas are.</param>
public sealed record AreaAnalysis(FloatImage Image, int[] Areas, float[][] Features) : PhotoAnalysis(Image);
