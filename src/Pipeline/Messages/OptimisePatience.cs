namespace PhotoStyle.Pipeline.Messages;

/// <summary>How long a job waits for a worker.</summary>
/// <param name="Look">After such a silence, it looks whether the grade is there all the same.</param>
/// <param name="Silences">After so many silences in a row, it gives up.</param>
public sealed record OptimisePatience(TimeSpan Look, int Silences)
{
    /// <summary>Looks every five minutes and gives up after a day: the queue may be long, and workers may have to be started first.</summary>
    public static OptimisePatience Default { get; } = new(TimeSpan.FromMinutes(5), 288);
}
