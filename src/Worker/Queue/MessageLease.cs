using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace PhotoStyle.Worker.Queue;

/// <summary>A message that this worker has taken and hides from others. Its methods are called one after the other.</summary>
internal sealed class MessageLease(QueueClient queue, QueueMessage message, TimeSpan visibility)
{
    private string _receipt = message.PopReceipt;

    public QueueMessage Message => message;

    /// <summary>Whether the message has gone to somebody else or was deleted: then the work is no longer this worker's.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Hides the message for another while.</summary>
    public Task RenewAsync(CancellationToken cancellation) => ShowInAsync(visibility, cancellation);

    /// <summary>Lets others see the message after a while.</summary>
    public Task ShowInAsync(TimeSpan delay, CancellationToken cancellation) => AttemptAsync(async () =>
    {
        // Without a text the message keeps its own.
        UpdateReceipt receipt = await queue.UpdateMessageAsync(message.MessageId, _receipt, (string?)null, delay, cancellation).ConfigureAwait(false);
        _receipt = receipt.PopReceipt;
    });

    /// <summary>Deletes the message: it is done with.</summary>
    public Task DeleteAsync(CancellationToken cancellation) => AttemptAsync(() => queue.DeleteMessageAsync(message.MessageId, _receipt, cancellation));

    private async Task AttemptAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.MessageNotFound || e.ErrorCode == QueueErrorCode.PopReceiptMismatch)
        {
            IsLost = true;
        }
    }
}
