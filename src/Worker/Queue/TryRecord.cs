namespace PhotoStyle.Worker.Queue;

/// <summary>What is known of the tries of a message.</summary>
/// <param name="Message">The id of the message.</param>
/// <param name="Checkpoint">ETag of the checkpoint as the last try found it; null if there was none.</param>
/// <param name="Forgiven">So many tries got further or were stopped on purpose, and do not count.</param>
/// <param name="Reason">Why the last try failed that could say so.</param>
internal sealed record TryRecord(string Message, string? Checkpoint = null, long Forgiven = 0, string? Reason = null);
