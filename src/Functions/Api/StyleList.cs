namespace PhotoStyle.Functions.Api;

/// <summary>All styles.</summary>
/// <param name="Styles">By name.</param>
public sealed record StyleList(IReadOnlyList<StyleEntry> Styles);
