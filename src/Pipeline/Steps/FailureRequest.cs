using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>Asks to leave a word on why there is no result.</summary>
/// <param name="Request">The job.</param>
/// <param name="Error">Why.</param>
/// <param name="Step">Where.</param>
public sealed record FailureRequest(TransferRequest Request, TransferError Error, JobStep? Step);
