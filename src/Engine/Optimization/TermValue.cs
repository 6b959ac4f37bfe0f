namespace PhotoStyle.Optimization;

/// <summary>What one term of the objective says of an output.</summary>
/// <param name="Name">The term.</param>
/// <param name="Value">Its value without weight.</param>
/// <param name="Weight">Its weight in the objective.</param>
public sealed record TermValue(string Name, double Value, double Weight);
