namespace PhotoStyle.Features;

/// <summary>One output of an encoder.</summary>
/// <param name="Name">The field's name for it, for example <c>relu3_1</c>.</param>
/// <param name="Channels">Feature channels C.</param>
/// <param name="Stride">Input pixels per feature pixel along each side: 1, 2, 4, 8 or 16. A side of n pixels becomes ⌊n / stride⌋.</param>
public sealed record FeatureLevel(string Name, int Channels, int Stride);
