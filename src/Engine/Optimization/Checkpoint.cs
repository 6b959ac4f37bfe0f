namespace PhotoStyle.Optimization;

/// <summary>
/// A file that keeps the solver's state across interruptions. Written now and then while solving and at its end; where it exists, solving goes on from it,
/// with the same result to the byte as without an interruption. The caller deletes it once the result is safe.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Interval">Time between two writings.</param>
public sealed record Checkpoint(string Path, TimeSpan Interval);
