namespace PhotoStyle.Optimization;

/// <summary>A move and the gradient change that it led to, for many unknowns.</summary>
/// <param name="count">Unknowns.</param>
internal sealed class CompactPair(int count)
{
    /// <summary>The move s.</summary>
    public CompactVector Move { get; } = new(count);

    /// <summary>The gradient's change y.</summary>
    public CompactVector Change { get; } = new(count);
}
