using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Pipeline.Messages;

/// <summary>The step that finds a grade, done by a worker: asks, waits, and puts up with answers that are late, double or lost. Deterministic, as the workflow is.</summary>
#pragma warning disable CA2007 // As in TransferWorkflow.
public static class RemoteOptimise
{
    /// <summary>Has a grade made by a worker.</summary>
    /// <param name="job">The job.</param>
    /// <param name="request">The work.</param>
    /// <param name="channel">The way to the workers.</param>
    /// <param name="patience">How long it may take.</param>
    public static async Task<StepOutcome<OptimiseResult>> RunAsync(TransferRequest job, OptimiseRequest request, IOptimiseChannel channel, OptimisePatience patience)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(patience);
        if (await channel.FindAsync(request) is { } made) return made;
        string grade = request.Grade().Hash;
        await channel.SendAsync(OptimizeMessage.For(job, request));
        int silences = 0;
        while (silences < patience.Silences)
        {
            OptimizedMessage? message = await channel.ReceiveAsync(patience.Look);
            if (message is null)
            {
                silences++;
                if (await channel.FindAsync(request) is { } found) return found;
                continue;
            }
            // An answer to what this job asked before it was started anew.
            if (message.Grade != grade) continue;
            silences = 0;
            switch (message)
            {
                case { Kind: OptimizedKind.Completed, Result: { } result }:
                    return new StepOutcome<OptimiseResult>(result, null, message.Seconds, message.Reused);
                case { Kind: OptimizedKind.Failed, Error: { } error }:
                    return new StepOutcome<OptimiseResult>(null, error, message.Seconds, false);
                case { Progress: { } progress }:
                    channel.Report(progress);
                    break;
            }
        }
        return new StepOutcome<OptimiseResult>(null, TimedOut(patience), 0, false);
    }

    private static TransferError TimedOut(OptimisePatience patience) => TransferError.Of(new PhotoStyleException(
        ErrorCode.TimedOut,
        FormattableString.Invariant($"No worker answered for {patience.Look.TotalMinutes * patience.Silences:0} minutes: see whether workers run and reach the storage, then {DropWords.Again}.")));
}
