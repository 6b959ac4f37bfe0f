using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Transfer;

/// <summary>A photo with its labels.</summary>
/// <param name="Photo">The photo; not owned.</param>
/// <param name="Labels">A label for each pixel of the photo, or null if the whole photo is one class.</param>
public sealed record TransferInput(Photo Photo, LabelMap? Labels = null);
