namespace PhotoStyle.Pipeline.Drops;

/// <summary>What a look at all uploads found.</summary>
/// <param name="Drops">What can begin.</param>
/// <param name="Waiting">What is not whole yet: a sentence for each, with what it waits for.</param>
/// <param name="Unsettled">How many files may still be written.</param>
public sealed record DropScan(IReadOnlyList<Drop> Drops, IReadOnlyList<string> Waiting, int Unsettled);
