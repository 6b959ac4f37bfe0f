using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Transfer;

/// <summary>A photo with its labels.</summary>
/// <param name="Photo">The photo; not owned.</param>
/// <param name="Labels">A label for each pixel of the photo, at the photo's size or another of its shape, or null if the whole photo is one class.</param>
/// <param name="Names">The names of the labels for people; null for those of their colours in <see cref="MaskPalette"/>. Names that are known say which labels are alike.</param>
public sealed record TransferInput(Photo Photo, LabelMap? Labels = null, IReadOnlyList<string>? Names = null);
