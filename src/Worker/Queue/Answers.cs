using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Worker.Settings;

namespace PhotoStyle.Worker.Queue;

/// <summary>What this worker says on the queue <c>optimized</c>.</summary>
internal sealed class Answers(PipelineQueues queues, WorkerSettings settings)
{
    /// <summary>Sends an answer, signed.</summary>
    public Task SendAsync(OptimizedMessage answer, CancellationToken cancellation) =>
        queues.Optimized.SendMessageAsync(MessageJson.Write(answer with { Worker = settings.Name }), cancellation);
}
