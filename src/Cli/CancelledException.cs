namespace PhotoStyle.Cli;

/// <summary>The user stopped the work; the message says what is left of it.</summary>
internal sealed class CancelledException(string message, Exception cause) : Exception(message, cause);
