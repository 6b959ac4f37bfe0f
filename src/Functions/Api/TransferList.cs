namespace PhotoStyle.Functions.Api;

/// <summary>Some of the jobs there are.</summary>
/// <param name="Transfers">The jobs.</param>
/// <param name="Continuation">To be given with the next request for more; null if there are no more.</param>
public sealed record TransferList(IReadOnlyList<TransferStatus> Transfers, string? Continuation);
