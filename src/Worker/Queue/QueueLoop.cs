using Azure.Storage.Queues.Models;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Worker.Health;
using PhotoStyle.Worker.Settings;

namespace PhotoStyle.Worker.Queue;

/// <summary>Takes one message after the other: a solver uses the whole machine.</summary>
internal sealed class QueueLoop(PipelineStorage storage, PipelineQueues queues, MessageHandler handler, WorkerSettings settings, Pulse pulse, IHostApplicationLifetime lifetime, ILogger<QueueLoop> log) : BackgroundService
{
    private static readonly TimeSpan s_shortestIdle = TimeSpan.FromSeconds(0.1), s_pauseAfterError = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not before the whole program has started: a message that is taken by one that can not would stay hidden for a while.
        using (var begins = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStarted, stoppingToken))
            await Task.Delay(Timeout.InfiniteTimeSpan, begins.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var grace = new CancellationTokenSource();
        using CancellationTokenRegistration stop = stoppingToken.Register(() => grace.CancelAfter(settings.Grace));
        Log.Started(log, settings.Name, storage.Description, QueueNames.Optimize);
        bool created = settings.UsesIdentity;
        TimeSpan idle = s_shortestIdle;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!created)
                {
                    // An emulator has none at first. In Azure they are there before the worker, whose identity may not make any.
                    await Task.WhenAll(storage.CreateAsync(stoppingToken), queues.CreateAsync(stoppingToken)).ConfigureAwait(false);
                    created = true;
                }
                // Not cut off at once: a message on its way would stay hidden.
                QueueMessage? message = (await queues.Optimize.ReceiveMessageAsync(settings.Visibility, grace.Token).ConfigureAwait(false)).Value;
                pulse.Reach();
                if (message is null)
                {
                    await Task.Delay(idle, stoppingToken).ConfigureAwait(false);
                    idle = idle * 2 < settings.Idle ? idle * 2 : settings.Idle;
                    continue;
                }
                idle = s_shortestIdle;
                await handler.HandleAsync(message, stoppingToken, grace.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // A message in work comes back when its time is over.
                pulse.Miss();
                Log.LoopFailed(log, e);
                await Task.Delay(s_pauseAfterError, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                if (e is not OperationCanceledException) Log.LoopFailed(log, e);
            }
        }
        Log.Stopped(log, settings.Name);
    }
}
