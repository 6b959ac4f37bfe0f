using PhotoStyle.Imaging;

namespace PhotoStyle.Optimization;

/// <summary>Looks at the picture while the pixel solver works on it.</summary>
/// <param name="Every">Iterations between two looks, at least 1.</param>
/// <param name="Show">Given the picture, 3×H×W and not clamped, the stage, 1 or 2, and the iteration within it.</param>
public sealed record Preview(int Every, Action<FloatImage, int, int> Show);
