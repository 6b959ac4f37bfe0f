namespace PhotoStyle.Optimization;

/// <summary>
/// Keeps the solver's state across interruptions. Written now and then while solving and at its end; where it exists, solving goes on from it,
/// with the same result to the byte as without an interruption. The caller deletes it once the result is safe.
/// </summary>
/// <param name="Storage">Where it is kept.</param>
/// <param name="Interval">Time between two writings; states that take long to write are written less often.</param>
public sealed record Checkpoint(ICheckpointStorage Storage, TimeSpan Interval)
{
    /// <summary>
    /// How much work may be at stake at most, at whatever moment the process is killed. Holds as far as one iteration takes no longer; where a longer
    /// <see cref="Interval"/> is asked for, that counts.
    /// </summary>
    public TimeSpan MostLoss { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Keeps the state in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="interval">Time between two writings.</param>
    public Checkpoint(string path, TimeSpan interval)
        : this(new CheckpointFile(path), interval)
    {
    }
}
