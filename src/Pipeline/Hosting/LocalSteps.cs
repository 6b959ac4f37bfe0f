using System.Diagnostics;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Workflow;

namespace PhotoStyle.Pipeline.Hosting;

/// <summary>The steps of one job as direct calls, within the memory that the host lends, tried again while the storage does not answer.</summary>
/// <param name="job">The job.</param>
/// <param name="steps">The steps.</param>
/// <param name="resources">What all jobs of the host share.</param>
/// <param name="show">Told where the job stands.</param>
/// <param name="cancelled">A user stopped the job.</param>
/// <param name="stopping">The host stops; the job goes on when one is started again.</param>
internal sealed class LocalSteps(
    TransferRequest job, PipelineSteps steps, HostResources resources, Action<JobStatus> show, CancellationToken cancelled, CancellationToken stopping) : ITransferSteps, IDisposable
{
    private readonly CancellationTokenSource _either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, stopping);

    public void Dispose() => _either.Dispose();

    public Task<StepOutcome<JobInputs>> TakeAsync(TransferRequest request) =>
        RunAsync(JobStep.Take, Nothing, token => steps.TakeAsync(request, token));

    public Task<StepOutcome<ArtifactReference>> SegmentAsync(SegmentRequest request) =>
        RunAsync(JobStep.SegmentContent, Preparing(request.Photo, request.Mask, request.Size), token => steps.SegmentAsync(request, token));

    public Task<StepOutcome<ArtifactReference>> ComputeLaplacianAsync(LaplacianRequest request) =>
        RunAsync(JobStep.Laplacian, Preparing(request.Photo, null, request.Size), token => steps.ComputeLaplacianAsync(request, token));

    public Task<StepOutcome<ArtifactReference>> MatchAsync(MatchRequest request) =>
        RunAsync(JobStep.Match, Nothing, token => steps.MatchAsync(request, token));

    public Task<StepOutcome<OptimiseResult>> OptimiseAsync(TransferRequest job, OptimiseRequest request)
    {
        var optimise = new ResumableOptimise(
            steps, resources.Options.Checkpoint, e => resources.Observer.Notice($"{job.Job}: the solver's state could not be kept ({TransientErrors.Reason(e)}); the work goes on."));
        return TryAsync(JobStep.Optimise, async limit =>
        {
            TimeSpan waited = TimeSpan.Zero;
            // Who waits for the solver holds no memory, and its time has not begun.
            async Task<IDisposable> TakeTurnAsync()
            {
                limit.CancelAfter(Timeout.InfiniteTimeSpan);
                long asked = Stopwatch.GetTimestamp();
                IDisposable turn = await resources.TakeSolverAsync(MemoryEstimate.Optimising(request), _either.Token).ConfigureAwait(false);
                waited += Stopwatch.GetElapsedTime(asked);
                limit.CancelAfter(resources.Options.StepLimit);
                return turn;
            }

            try
            {
                StepOutcome<OptimiseResult> outcome = await Task.Run(
                    () => optimise.RunAsync(request, progress => show(JobStatus.At(progress)), limit.Token, TakeTurnAsync), limit.Token).ConfigureAwait(false);
                return outcome with { Seconds = Math.Round(outcome.Seconds - waited.TotalSeconds, 3) };
            }
            catch (OperationCanceledException) when (cancelled.IsCancellationRequested && !stopping.IsCancellationRequested)
            {
                await ResumableOptimise.ForgetAsync(steps.Storage, request, stopping).ConfigureAwait(false);
                throw;
            }
        });
    }

    public Task<StepOutcome<TransferResult>> RenderAsync(RenderRequest request)
    {
        JobInput photo = request.Inputs.Content;
        return RunAsync(
            JobStep.Render,
            async token => MemoryEstimate.Rendering(photo, await steps.PixelBytesAsync(photo, token).ConfigureAwait(false)),
            token => steps.RenderAsync(request, token));
    }

    public async Task RecordFailureAsync(FailureRequest request)
    {
        // A host that stops is no failure of the job.
        stopping.ThrowIfCancellationRequested();
        await steps.RecordFailureAsync(request, stopping).ConfigureAwait(false);
    }

    public void SetStatus(JobStatus status) => show(status);

    public void ThrowIfCancelled() => _either.Token.ThrowIfCancellationRequested();

    public TransferError Explain(Exception exception) => TransientErrors.IsTransient(exception)
        ? TransferError.Of(new PhotoStyleException(
            ErrorCode.StorageUnavailable, $"The storage {steps.Storage.Description} does not answer or refuses ({TransientErrors.Reason(exception)}): see that it runs, then {DropWords.Again}.", exception))
        : TransferError.OfBug(exception);

    private static Task<long> Nothing(CancellationToken token) => Task.FromResult(0L);

    private Func<CancellationToken, Task<long>> Preparing(JobInput photo, JobInput? mask, int size) => async token =>
    {
        long pixels = await steps.PixelBytesAsync(photo, token).ConfigureAwait(false);
        if (mask is not null) pixels += await steps.PixelBytesAsync(mask, token).ConfigureAwait(false);
        return MemoryEstimate.Preparing(photo, pixels, size);
    };

    /// <param name="step">The step.</param>
    /// <param name="memory">Says how much memory it takes.</param>
    /// <param name="run">Runs it.</param>
    private Task<StepOutcome<T>> RunAsync<T>(JobStep step, Func<CancellationToken, Task<long>> memory, Func<CancellationToken, Task<StepOutcome<T>>> run)
        where T : class => TryAsync(step, async limit =>
        {
            using IDisposable loan = await resources.Memory.TakeAsync(await memory(_either.Token).ConfigureAwait(false), _either.Token).ConfigureAwait(false);
            limit.CancelAfter(resources.Options.StepLimit);
            // Steps compute on the thread that calls them; three of them are called one after the other and should run at once.
            return await Task.Run(() => run(limit.Token), limit.Token).ConfigureAwait(false);
        });

    /// <param name="step">The step.</param>
    /// <param name="run">Runs it, and sets its limit when its time begins.</param>
    private async Task<StepOutcome<T>> TryAsync<T>(JobStep step, Func<CancellationTokenSource, Task<StepOutcome<T>>> run)
        where T : class
    {
        for (int tries = 1; ; tries++)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_either.Token);
            try
            {
                return await run(limit).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                _either.Token.ThrowIfCancellationRequested();
                TimeSpan most = resources.Options.StepLimit;
                string limited = most < TimeSpan.FromHours(1) ? FormattableString.Invariant($"{most.TotalMinutes:0.##} minutes") : FormattableString.Invariant($"{most.TotalHours:0.##} hours");
                return new StepOutcome<T>(
                    null, TransferError.Of(new PhotoStyleException(ErrorCode.TimedOut, $"The step {step} took longer than {limited}: give a smaller size or fewer iterations.")), most.TotalSeconds, false);
            }
            catch (Exception e) when (tries < resources.Options.Tries && TransientErrors.IsTransient(e))
            {
                resources.Observer.Notice($"{job.Job}: the storage does not answer ({TransientErrors.Reason(e)}); trying again.");
            }
            await Task.Delay(resources.Options.Pause, _either.Token).ConfigureAwait(false);
        }
    }
}
