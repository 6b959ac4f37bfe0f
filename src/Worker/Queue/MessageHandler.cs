using System.Diagnostics;
using Azure.Storage.Queues.Models;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Worker.Health;
using PhotoStyle.Worker.Settings;
using PhotoStyle.Worker.Telemetry;

namespace PhotoStyle.Worker.Queue;

/// <summary>Sees one message through: to its answer, to poison, or back to the queue.</summary>
/// <remarks>
/// The order is grade, answer, deletion of the message: a worker may die between any two of them, and the next one does the rest once more. So an answer may come twice,
/// but is never missing once the message is gone.
/// </remarks>
internal sealed class MessageHandler(
    PipelineSteps steps,
    PipelineQueues queues,
    JobRegistry jobs,
    TryLedger ledger,
    WorkerSettings settings,
    Pulse pulse,
    WorkerMetrics metrics,
    ILogger<MessageHandler> log)
{
    private readonly Answers _answers = new(queues, settings);

    /// <summary>Handles a message.</summary>
    /// <param name="received">The message.</param>
    /// <param name="stopping">The process is to end.</param>
    /// <param name="grace">Somewhat later: nothing is waited for any more.</param>
    public async Task HandleAsync(QueueMessage received, CancellationToken stopping, CancellationToken grace)
    {
        long began = Stopwatch.GetTimestamp();
        OptimizeMessage? message = null;
        TransferError? unreadable = null;
        try
        {
            message = MessageJson.ReadOptimize(received.Body.ToString()).Validate();
        }
        catch (PhotoStyleException e)
        {
            unreadable = TransferError.Of(e);
        }
        // What is no trace's name begins a trace of its own.
        _ = ActivityContext.TryParse(message?.TraceParent, null, isRemote: true, out ActivityContext parent);
        using Activity? activity = WorkerTelemetry.Source.StartActivity("optimize message", ActivityKind.Consumer, parent);
        activity?.SetTag("messaging.message.id", received.MessageId);
        activity?.SetTag("photostyle.tries", received.DequeueCount);
        using WorkerMetrics.Busy busy = metrics.BeginJob();
        MessageEnd? end = null;
        try
        {
            var lease = new MessageLease(queues.Optimize, received, settings.Visibility);
            end = message is null
                ? await RejectAsync(lease, unreadable!, grace).ConfigureAwait(false)
                : await HandleAsync(message, lease, activity, stopping, grace).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
        finally
        {
            activity?.SetTag("photostyle.end", end?.ToString());
            metrics.CountMessage(end, Stopwatch.GetElapsedTime(began));
        }
    }

    private async Task<MessageEnd> RejectAsync(MessageLease lease, TransferError error, CancellationToken grace)
    {
        Log.Unreadable(log, lease.Message.MessageId, error.Message);
        await PoisonAsync(lease, error, grace).ConfigureAwait(false);
        return MessageEnd.Poisoned;
    }

    private async Task<MessageEnd> HandleAsync(OptimizeMessage message, MessageLease lease, Activity? activity, CancellationToken stopping, CancellationToken grace)
    {
        string grade = message.Request.Grade().Hash;
        activity?.SetTag("photostyle.job", message.Id);
        activity?.SetTag("photostyle.grade", grade);
        (long tries, string? reason) = await ledger.BeginAsync(grade, lease.Message, grace).ConfigureAwait(false);
        if (tries > QueueNames.MostTries) return await GiveUpAsync(message, lease, reason ?? "the worker died without a word, killed or out of memory", grace).ConfigureAwait(false);
        if (await jobs.IsCancelledAsync(message.Id, grace).ConfigureAwait(false)) return await CancelAsync(message, lease, grace).ConfigureAwait(false);

        Log.Begun(log, message.Job, message.Id, grade, tries);
        var attempt = new Attempt(message, lease, steps, _answers, jobs, settings, pulse, metrics, log);
        try
        {
            StepOutcome<OptimiseResult> outcome = await attempt.RunAsync(stopping, grace).ConfigureAwait(false);
            await EndAsync(message, lease, OptimizedMessage.Of(message, outcome), grace).ConfigureAwait(false);
            Log.Ended(log, message.Id, outcome.Error?.Code ?? "completed", outcome.Seconds, outcome.Reused);
            return outcome.Error is not null ? MessageEnd.Failed : outcome.Reused ? MessageEnd.Reused : MessageEnd.Completed;
        }
        catch (OperationCanceledException) when (attempt.IsCancelled)
        {
            return await CancelAsync(message, lease, grace).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lease.IsLost)
        {
            Log.Lost(log, message.Id);
            return MessageEnd.Lost;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await HandBackAsync(message, lease, grade).ConfigureAwait(false);
            return MessageEnd.HandedBack;
        }
        catch (Exception e)
        {
            return await FailTryAsync(message, lease, tries, e, grace).ConfigureAwait(false);
        }
    }

    /// <summary>Answers and deletes the message.</summary>
    private async Task EndAsync(OptimizeMessage message, MessageLease lease, OptimizedMessage answer, CancellationToken grace)
    {
        await _answers.SendAsync(answer, grace).ConfigureAwait(false);
        await lease.DeleteAsync(grace).ConfigureAwait(false);
        await ledger.ForgetAsync(message.Request.Grade().Hash, lease.Message, grace).ConfigureAwait(false);
    }

    private async Task<MessageEnd> CancelAsync(OptimizeMessage message, MessageLease lease, CancellationToken grace)
    {
        await EndAsync(message, lease, OptimizedMessage.Of(message, TransferError.OfCancellation()), grace).ConfigureAwait(false);
        await ResumableOptimise.ForgetAsync(steps.Storage, message.Request, grace).ConfigureAwait(false);
        Log.Cancelled(log, message.Id);
        return MessageEnd.Cancelled;
    }

    private async Task<MessageEnd> FailTryAsync(OptimizeMessage message, MessageLease lease, long tries, Exception e, CancellationToken grace)
    {
        Log.TryFailed(log, message.Id, tries, QueueNames.MostTries, e);
        string reason = FirstLine($"{e.GetType().Name}: {e.Message}");
        if (tries >= QueueNames.MostTries) return await GiveUpAsync(message, lease, reason, grace).ConfigureAwait(false);
        await ledger.FailAsync(message.Request.Grade().Hash, lease.Message, reason, grace).ConfigureAwait(false);
        await lease.ShowInAsync(settings.Retry, grace).ConfigureAwait(false);
        return MessageEnd.Retried;
    }

    private async Task<MessageEnd> GiveUpAsync(OptimizeMessage message, MessageLease lease, string reason, CancellationToken grace)
    {
        Log.GivenUp(log, message.Id, QueueNames.MostTries, reason);
        var error = new TransferError(
            PhotoStyleException.NameOf(ErrorCode.WorkerFailed),
            $"Workers tried {QueueNames.MostTries} times in vain, the last time because {reason}: look for {message.Id} in the logs of the workers, and drop the photo again once that is mended.");
        await _answers.SendAsync(OptimizedMessage.Of(message, error), grace).ConfigureAwait(false);
        await PoisonAsync(lease, error, grace).ConfigureAwait(false);
        await ledger.ForgetAsync(message.Request.Grade().Hash, lease.Message, grace).ConfigureAwait(false);
        return MessageEnd.Poisoned;
    }

    private async Task PoisonAsync(MessageLease lease, TransferError error, CancellationToken grace)
    {
        await queues.OptimizePoison.SendMessageAsync(MessageJson.Write(PoisonMessage.Of(lease.Message, error)), grace).ConfigureAwait(false);
        await lease.DeleteAsync(grace).ConfigureAwait(false);
    }

    private async Task HandBackAsync(OptimizeMessage message, MessageLease lease, string grade)
    {
        using var last = new CancellationTokenSource(settings.LastWords);
        try
        {
            await ledger.ForgiveAsync(grade, lease.Message, last.Token).ConfigureAwait(false);
            await lease.ShowInAsync(TimeSpan.Zero, last.Token).ConfigureAwait(false);
            Log.HandedBack(log, message.Id);
        }
        catch (Exception e)
        {
            // It comes back by itself, only later.
            Log.HandingBackFailed(log, message.Id, e);
        }
    }

    /// <summary>Exceptions of the storage go on with all headers of its answer.</summary>
    private static string FirstLine(string text)
    {
        const int most = 300;
        string line = text.Split('\r', '\n')[0];
        return line.Length > most ? $"{line[..most]}…" : line;
    }
}
