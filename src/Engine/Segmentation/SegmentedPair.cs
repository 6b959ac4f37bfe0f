namespace PhotoStyle.Segmentation;

/// <summary>Two photos with one set of classes.</summary>
/// <param name="Content">The content's labels, at the size at which it was segmented; ready for a transfer as they are.</param>
/// <param name="Style">The style's labels.</param>
/// <param name="Names">The name of each label; labels are positions in <see cref="MaskPalette"/>.</param>
/// <param name="Warnings">Sentences on classes of the content that have no sensible partner in the style; none where all is well.</param>
public sealed record SegmentedPair(LabelMap Content, LabelMap Style, IReadOnlyList<string> Names, IReadOnlyList<string> Warnings);
