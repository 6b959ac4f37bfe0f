using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Orchestration;

/// <summary>
/// Input of the orchestration: the job, and of the app's settings those that decide its way. They are fixed here because an orchestration that is run again
/// from its history has to go the same way, whatever has been set meanwhile.
/// </summary>
/// <param name="Request">The job.</param>
/// <param name="InProcess">Whether the grade is found by this app itself and not by a worker.</param>
/// <param name="Announce">Whether its end is told to Event Grid.</param>
public sealed record JobStart(TransferRequest Request, bool InProcess, bool Announce);
