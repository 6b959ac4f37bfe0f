namespace PhotoStyle.Segmentation;

/// <summary>One class of a transfer: some region of the content and the region of the style whose look it takes.</summary>
/// <param name="ContentLabels">Labels of the content that make up the region, ascending.</param>
/// <param name="StyleLabel">Label of the style; null if the region stays as it is.</param>
/// <param name="ContentShare">Share of the content's area, 0 to 1; the shares of all classes sum to 1.</param>
/// <param name="StyleShare">Share of the style's area, 0 to 1.</param>
public sealed record MatchedClass(IReadOnlyList<byte> ContentLabels, byte? StyleLabel, double ContentShare, double StyleShare);
