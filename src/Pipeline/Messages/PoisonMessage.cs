using Azure.Storage.Queues.Models;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Messages;

/// <summary>What lies in the queue <see cref="QueueNames.OptimizePoison"/>.</summary>
/// <param name="Version">Version of the contract.</param>
/// <param name="Error">Why nobody could do it.</param>
/// <param name="Tries">How often the message was taken.</param>
/// <param name="Message">The text of the message, to be put on <see cref="QueueNames.Optimize"/> again once the reason is mended.</param>
public sealed record PoisonMessage(int Version, TransferError Error, long Tries, string Message)
{
    /// <summary>What this program writes is a third of it; with more, something strange might not fit into the poison queue and would come back for ever.</summary>
    private const int MostCharacters = 5000;

    /// <summary>Wraps a message that was received.</summary>
    public static PoisonMessage Of(QueueMessage message, TransferError error)
    {
        string text = message.Body.ToString();
        return new(PipelineJson.Version, error, message.DequeueCount, text.Length > MostCharacters ? text[..MostCharacters] : text);
    }
}
