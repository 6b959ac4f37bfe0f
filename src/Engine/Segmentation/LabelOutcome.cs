namespace PhotoStyle.Segmentation;

/// <summary>The report on one label.</summary>
/// <param name="Label">The label, as in the label maps.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="ContentShare">Its share of the content's area, 0 to 1, before anything was merged.</param>
/// <param name="StyleShare">Its share of the style's area, 0 to 1.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Target">The label it was remapped to, merged with or absorbed by; null for the other fates.</param>
public sealed record LabelOutcome(byte Label, string Name, double ContentShare, double StyleShare, LabelFate Fate, byte? Target);
