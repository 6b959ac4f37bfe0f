using System.Text.Json;
using Azure.Storage.Queues.Models;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Worker.Queue;

/// <summary>
/// Counts the tries of messages that came to nothing, in a blob beside the checkpoint. The queue's own count would condemn long work on machines that are often
/// taken away: a try that moved the checkpoint was none in vain, however it ended.
/// </summary>
/// <param name="checkpoints">The container of checkpoints.</param>
internal sealed class TryLedger(IBlobContainer checkpoints)
{
    /// <summary>Counts a try that begins.</summary>
    /// <param name="grade">Hash of the grade that is asked for, which names the checkpoint.</param>
    /// <param name="message">The message as received.</param>
    /// <param name="cancellation">Stops the requests.</param>
    /// <returns>Tries in vain until now and this one, and why the last one failed if it could say so.</returns>
    public async Task<(long Tries, string? Reason)> BeginAsync(string grade, QueueMessage message, CancellationToken cancellation)
    {
        if (message.DequeueCount <= 1) return (1, null);
        TryRecord record = await ReadAsync(grade, message, cancellation).ConfigureAwait(false);
        if (await checkpoints.FindAsync(grade, cancellation).ConfigureAwait(false) is { ETag: var etag } && etag != record.Checkpoint)
        {
            record = record with { Checkpoint = etag, Forgiven = message.DequeueCount - 1, Reason = null };
            await WriteAsync(grade, record, cancellation).ConfigureAwait(false);
        }
        return (message.DequeueCount - record.Forgiven, record.Reason);
    }

    /// <summary>Keeps why a try failed.</summary>
    public async Task FailAsync(string grade, QueueMessage message, string reason, CancellationToken cancellation) =>
        await WriteAsync(grade, await ReadAsync(grade, message, cancellation).ConfigureAwait(false) with { Reason = reason }, cancellation).ConfigureAwait(false);

    /// <summary>Does not count a try that was stopped on purpose.</summary>
    public async Task ForgiveAsync(string grade, QueueMessage message, CancellationToken cancellation) =>
        await WriteAsync(grade, await ReadAsync(grade, message, cancellation).ConfigureAwait(false) with { Forgiven = message.DequeueCount }, cancellation).ConfigureAwait(false);

    /// <summary>Forgets a message that is done with.</summary>
    public Task ForgetAsync(string grade, QueueMessage message, CancellationToken cancellation) =>
        message.DequeueCount <= 1 ? Task.CompletedTask : checkpoints.DeleteAsync(NameOf(grade), cancellation);

    private static string NameOf(string grade) => $"{grade}.tries.json";

    private async Task<TryRecord> ReadAsync(string grade, QueueMessage message, CancellationToken cancellation)
    {
        TryRecord? found = null;
        try
        {
            found = await checkpoints.ReadJsonAsync<TryRecord>(NameOf(grade), cancellation).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            // Of another version: counted anew.
        }
        return found?.Message == message.MessageId ? found : new TryRecord(message.MessageId);
    }

    private Task WriteAsync(string grade, TryRecord record, CancellationToken cancellation) => checkpoints.WriteJsonAsync(NameOf(grade), record, cancellation);
}
