using PhotoStyle.Imaging;

namespace PhotoStyle.TrainSegmenter;

/// <summary>A picture and what it shows.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Image">3×H×W, sRGB-encoded.</param>
/// <param name="Truth">K×H×W probabilities of the classifier's classes.</param>
internal sealed record Example(string Name, FloatImage Image, FloatImage Truth);
