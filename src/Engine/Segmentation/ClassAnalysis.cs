using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>How probable each class is in each place of a photo: what a segmentation network finds.</summary>
/// <param name="Image">3×H×W, sRGB-encoded.</param>
/// <param name="Probabilities">K×h×w in [0, 1] over the whole photo, summing to one in each place; usually coarser than the image.</param>
/// <param name="Names">The K names of the classes.</param>
public sealed record ClassAnalysis(FloatImage Image, FloatImage Probabilities, IReadOnlyList<string> Names) : PhotoAnalysis(Image);
