using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>A picture at working size with the share of each class in each pixel.</summary>
/// <param name="Image">3×H×W, sRGB-encoded.</param>
/// <param name="Masks">K×H×W in [0, 1]; of a content photo summing to one in each pixel, of a style photo to at most one.</param>
public sealed record ClassedImage(FloatImage Image, FloatImage Masks);
