namespace PhotoStyle.Segmentation.Labels;

/// <summary>Labels that mean the same for style: a lake and a sea are both water.</summary>
/// <param name="Name">The name of all of them.</param>
/// <param name="MaskLabel">The mask colour that it has by preference, a position in <see cref="MaskPalette"/>.</param>
/// <param name="Members">The labels, with their names in ADE20K where it has them.</param>
internal sealed record Concept(string Name, byte MaskLabel, IReadOnlyList<string> Members);
