using PhotoStyle.Optimization;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>Finds a grade on this machine so that the work survives: the solver's state is kept in the container of checkpoints, and whoever comes next goes on from it.</summary>
/// <param name="steps">The steps.</param>
/// <param name="interval">Time between two checkpoints.</param>
/// <param name="checkpointFailed">Told of checkpoints that could not be written. The work goes on.</param>
public sealed class ResumableOptimise(PipelineSteps steps, TimeSpan interval, Action<Exception>? checkpointFailed = null)
{
    /// <summary>
    /// Time between two checkpoints if nothing else is said. Twice this and two iterations are at stake at most, however long an upload takes: no more than ten seconds.
    /// </summary>
    public static TimeSpan DefaultInterval { get; } = TimeSpan.FromSeconds(4);

    /// <summary>Deletes the solver's state of work that nobody wants any more.</summary>
    public static Task ForgetAsync(PipelineStorage storage, OptimiseRequest request, CancellationToken cancellation) =>
        storage.Checkpoints.DeleteAsync(request.Grade().Hash, cancellation);

    /// <summary>Finds the grade, or goes on finding it.</summary>
    /// <param name="request">The work.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellation">Stops before the next evaluation, with the checkpoint in its blob.</param>
    /// <param name="turn">Waits until the solver is free, null if it is.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<StepOutcome<OptimiseResult>> RunAsync(
        OptimiseRequest request, Action<OptimiseProgress>? progress, CancellationToken cancellation, Func<Task<IDisposable>>? turn = null)
    {
        var state = new BlobCheckpoint(steps.Storage.Checkpoints, request.Grade().Hash, checkpointFailed);
        StepOutcome<OptimiseResult> outcome = await OptimiseAsync().ConfigureAwait(false);
        if (outcome.Error?.Code == PhotoStyleException.NameOf(ErrorCode.GradeInvalid))
        {
            // Nothing but the checkpoint is read as a grade here: it is damaged or of another version, and no reason to fail.
            await state.DeleteAsync(cancellation).ConfigureAwait(false);
            outcome = await OptimiseAsync().ConfigureAwait(false);
        }
        // The grade is safe, or there will be none.
        await state.DeleteAsync(cancellation).ConfigureAwait(false);
        return outcome;

        async Task<StepOutcome<OptimiseResult>> OptimiseAsync()
        {
            try
            {
                return await steps.OptimiseAsync(request, new Checkpoint(state, interval), progress, cancellation, turn).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                try
                {
                    await state.FlushAsync().ConfigureAwait(false);
                }
                catch (Exception e)
                {
                    checkpointFailed?.Invoke(e);
                }
                throw;
            }
        }
    }
}
