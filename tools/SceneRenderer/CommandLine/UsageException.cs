namespace PhotoStyle.SceneRenderer.CommandLine;

/// <summary>A command line that can not be carried out; the message is one sentence for the user.</summary>
internal sealed class UsageException(string message) : Exception(message);
