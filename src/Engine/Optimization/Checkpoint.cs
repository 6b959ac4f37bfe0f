namespace PhotoStyle.Optimization;

/// <summary>
/// A file that keeps the solver's state across interruptions. Written now and then while solving, after a cancellation too; where it exists, solving goes on from it,
/// with the same result to the byte as without an interruption; deleted when solving is done.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Interval">Time between two writings.</param>
public sealed record Checkpoint(string Path, TimeSpan Interval);
