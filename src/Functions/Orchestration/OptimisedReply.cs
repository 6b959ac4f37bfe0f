using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PhotoStyle.Functions.Settings;
using PhotoStyle.Pipeline.Messages;

namespace PhotoStyle.Functions.Orchestration;

/// <summary>Hands what a worker says to the orchestration that waits for it.</summary>
public sealed class OptimisedReply(ILogger<OptimisedReply> logger)
{
    [Function(nameof(OptimisedReply))]
    public async Task RunAsync(
        [QueueTrigger(QueueNames.Optimized, Connection = AppSettings.Storage)] string text, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(client);
        // What can not be read is thrown and ends in the poison queue, where it can be looked at.
        OptimizedMessage message = MessageJson.ReadOptimized(text);
        // Answers come twice, and after a job has given up: no reason to try again and again.
        if (await client.GetInstanceAsync(message.Id, getInputsAndOutputs: false, cancel) is not { IsCompleted: false })
        {
            Log.AnswerUnheard(logger, message.Id);
            return;
        }

        await client.RaiseEventAsync(message.Id, JobEvents.Optimized, message, cancel);
    }
}
