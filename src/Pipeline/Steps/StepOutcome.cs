using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>
/// What a step came to. An error that the user can mend is a value: trying again would not help, so nothing is thrown that a retry policy would see.
/// What might go better the next time, such as a storage that does not answer, is thrown.
/// </summary>
/// <param name="Value">The output; null if there is an error.</param>
/// <param name="Error">Why there is no output.</param>
/// <param name="Seconds">From the step's beginning to its end.</param>
/// <param name="Reused">Whether the output existed already.</param>
public sealed record StepOutcome<T>(T? Value, TransferError? Error, double Seconds, bool Reused)
    where T : class;
