namespace PhotoStyle.Serialization;

/// <summary>A function or type that a pickle names.</summary>
internal sealed record PickleName(string Module, string Name);
