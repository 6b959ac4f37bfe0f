namespace PhotoStyle.Pipeline.Jobs;

/// <summary>How a job ended: either of the two is set.</summary>
/// <param name="Result">The result.</param>
/// <param name="Error">Why there is none.</param>
public sealed record JobOutcome(TransferResult? Result, TransferError? Error);
