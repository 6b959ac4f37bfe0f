using PhotoStyle.Imaging;

namespace PhotoStyle.Functions.Inspection;

/// <summary>What the header of a photo says.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Width">Pixels from left to right, as stored.</param>
/// <param name="Height">Pixels from top to bottom, as stored.</param>
public sealed record PhotoHeader(PhotoFormat Format, int Width, int Height);
