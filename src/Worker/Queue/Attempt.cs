using System.Threading.Channels;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Worker.Health;
using PhotoStyle.Worker.Settings;
using PhotoStyle.Worker.Telemetry;

namespace PhotoStyle.Worker.Queue;

/// <summary>One try to find the grade that a message asks for: while the solver works, the message is renewed, cancellation looked for and progress told.</summary>
internal sealed class Attempt(
    OptimizeMessage message,
    MessageLease lease,
    PipelineSteps steps,
    Answers answers,
    JobRegistry jobs,
    WorkerSettings settings,
    Pulse pulse,
    WorkerMetrics metrics,
    ILogger log)
{
    private const int RenewalsPerVisibility = 3;

    private readonly Channel<OptimiseProgress> _latest = Channel.CreateBounded<OptimiseProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Whether the user wants the job stopped.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Tries.</summary>
    /// <param name="stopping">The process is to end: the solver stops with its checkpoint in the blob.</param>
    /// <param name="grace">Somewhat later: nothing is waited for any more.</param>
    /// <exception cref="OperationCanceledException">Stopped, cancelled, or the message was lost.</exception>
    public async Task<StepOutcome<OptimiseResult>> RunAsync(CancellationToken stopping, CancellationToken grace)
    {
        using var work = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var ended = new CancellationTokenSource();
        Task renewing = RenewAsync(work, ended.Token, grace), telling = TellAsync(ended.Token, grace);
        try
        {
            var optimise = new ResumableOptimise(steps, settings.Checkpoint, e => Log.CheckpointFailed(log, message.Id, e));
            Task<StepOutcome<OptimiseResult>> solving = Task.Run(() => optimise.RunAsync(message.Request, Note, work.Token), CancellationToken.None);
            return await solving.WaitAsync(grace).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(renewing, telling).ConfigureAwait(false);
        }
    }

    private void Note(OptimiseProgress progress)
    {
        pulse.Beat();
        metrics.Iterations.Add(1);
        _latest.Writer.TryWrite(progress);
    }

    private async Task RenewAsync(CancellationTokenSource work, CancellationToken ended, CancellationToken grace)
    {
        while (await PassesAsync(settings.Visibility / RenewalsPerVisibility, ended).ConfigureAwait(false))
        {
            try
            {
                // Not stopped half-way when the work ends: the message's new receipt is needed to delete it.
                await lease.RenewAsync(grace).ConfigureAwait(false);
                IsCancelled = !lease.IsLost && await jobs.IsCancelledAsync(message.Id, grace).ConfigureAwait(false);
                pulse.Reach();
            }
            catch (Exception e)
            {
                pulse.Miss();
                Log.RenewalFailed(log, message.Id, e);
            }
            if (!lease.IsLost && !IsCancelled) continue;
            await work.CancelAsync().ConfigureAwait(false);
            return;
        }
    }

    private async Task TellAsync(CancellationToken ended, CancellationToken grace)
    {
        do
        {
            try
            {
                OptimiseProgress progress = await _latest.Reader.ReadAsync(ended).ConfigureAwait(false);
                await answers.SendAsync(OptimizedMessage.Of(message, progress), grace).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // There will be more of it.
                Log.ProgressNotSent(log, message.Id, e);
            }
        }
        while (await PassesAsync(settings.Progress, ended).ConfigureAwait(false));
    }

    /// <summary>Waits; false if the work ended before the time was over.</summary>
    private static async Task<bool> PassesAsync(TimeSpan time, CancellationToken ended)
    {
        await Task.Delay(time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !ended.IsCancellationRequested;
    }
}
