namespace PhotoStyle.Functions.Tests.Durable;

/// <summary>Something that happened to an orchestration, as its history has it.</summary>
/// <param name="Call">Index of the call that it answers, or -1 for an event from outside.</param>
/// <param name="Name">Name of an event from outside.</param>
/// <param name="Json">Output or payload.</param>
/// <param name="Failure">Why the call failed for good, or null.</param>
internal sealed record HistoryEvent(int Call, string Name, string Json, Exception? Failure);
