using System.Collections.Concurrent;
using System.Diagnostics;
using PhotoStyle.Features;
using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Pipeline.Workflow;

namespace PhotoStyle.Pipeline.Hosting;

/// <summary>
/// The pipeline in one process: finds what was dropped, runs workflow and solver, writes results. Whatever it was doing when it was stopped or killed goes on where it was
/// once it is started again: which jobs there are stands in the storage, and so does the output of each step.
/// </summary>
/// <param name="storage">Where all is read and written.</param>
/// <param name="options">How much at once.</param>
/// <param name="observer">Is told how it goes.</param>
public sealed class LocalHost(PipelineStorage storage, LocalHostOptions options, IHostObserver observer) : IDisposable
{
    private readonly PipelineSteps _steps = new(storage, options.Limits, options.ArtifactMemory, options.Device, alone: true);
    private readonly JobRegistry _registry = new(storage.Jobs);
    private readonly DropResolver _drops = new(storage, options.Settling);
    private readonly ConcurrentDictionary<string, RunningJob> _running = new();
    private readonly SemaphoreSlim _places = new(options.Jobs);
    private readonly SemaphoreSlim _solver = new(1);

    /// <summary>The steps, for counting what is computed.</summary>
    public PipelineSteps Steps => _steps;

    /// <summary>Works until it is stopped or, with <see cref="LocalHostOptions.Once"/>, until nothing is left to do.</summary>
    /// <exception cref="PhotoStyleException">
    /// <see cref="ErrorCode.StorageUnavailable"/>: another host works on this storage, or it can not be reached at the start.
    /// <see cref="ErrorCode.PlatformUnsupported"/>: the device that is asked for is not there.
    /// </exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        // Told before the first job fails of it.
        if (options.Device == ComputeDevice.Cuda) TorchRuntime.DeviceOf(options.Device);
        var resources = new HostResources(options, observer, new MemoryBudget(options.Memory - options.ArtifactMemory), _solver);
        await StartAsync(stopping).ConfigureAwait(false);
        await using IAsyncDisposable hold = await HoldAsync(stopping).ConfigureAwait(false);
        try
        {
            foreach (string id in await _registry.UnfinishedAsync(stopping).ConfigureAwait(false))
            {
                if (await _registry.RequestAsync(id, stopping).ConfigureAwait(false) is { } request) Begin(request, resources, stopping);
            }
            while (true)
            {
                long began = Stopwatch.GetTimestamp();
                bool found = await LookAsync(resources, stopping).ConfigureAwait(false);
                if (options.Once && !found && _running.IsEmpty) return;
                await Task.Delay(PauseAfter(Stopwatch.GetElapsedTime(began)), stopping).ConfigureAwait(false);
            }
        }
        finally
        {
            // Each saves its solver's state first.
            await Task.WhenAll(_running.Values.Select(job => job.Task.ContinueWith(_ => { }, TaskScheduler.Default))).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _steps.Dispose();
        _places.Dispose();
        _solver.Dispose();
    }

    /// <summary>Looking through uploads takes the solver's cores and the storage's: a tenth of the time is enough, and less where what is found would have to wait anyway.</summary>
    private TimeSpan PauseAfter(TimeSpan look)
    {
        TimeSpan shortest = options.Poll, longest = 8 * options.Poll, pause = 9 * look;
        return _running.Count > options.Jobs || pause > longest ? longest : pause < shortest ? shortest : pause;
    }

    private async Task StartAsync(CancellationToken stopping)
    {
        try
        {
            await storage.CreateAsync(stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (TransientErrors.IsTransient(e) && e is not PhotoStyleException && !stopping.IsCancellationRequested)
        {
            throw new PhotoStyleException(ErrorCode.StorageUnavailable, $"The storage {storage.Description} does not answer ({TransientErrors.Reason(e)}): check the address, and that it runs.", e);
        }
        catch (Azure.RequestFailedException e)
        {
            throw new PhotoStyleException(ErrorCode.StorageUnavailable, $"The storage {storage.Description} refuses ({TransientErrors.Reason(e)}): check the key, or the roles of your identity.", e);
        }
    }

    /// <summary>Two hosts on one storage would do all work twice.</summary>
    private async Task<IAsyncDisposable> HoldAsync(CancellationToken stopping)
    {
        for (int tries = 0; ; tries++)
        {
            if (await storage.Jobs.TryHoldAsync("host", stopping).ConfigureAwait(false) is { } hold) return hold;
            // One that was killed holds it for some seconds longer.
            if (tries >= 20)
                throw new PhotoStyleException(ErrorCode.StorageUnavailable, $"Another 'photostyle watch' works on {storage.Description}: stop it, or leave the work to it.");
            if (tries == 0) observer.Notice("Another host works on this storage, or was killed a moment ago: waiting for it to let go.");
            await Task.Delay(TimeSpan.FromSeconds(1), stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Begins what was dropped since the last look, and stops what users want stopped.</summary>
    private async Task<bool> LookAsync(HostResources resources, CancellationToken stopping)
    {
        try
        {
            DropScan scan = await _drops.ScanAsync(stopping).ConfigureAwait(false);
            observer.Waiting(scan.Waiting);
            await Parallel.ForEachAsync(scan.Drops, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = stopping }, async (drop, token) =>
            {
                if (drop.Request is { } request)
                {
                    bool isNew = await _registry.TryAddAsync(request, token).ConfigureAwait(false);
                    await _drops.MarkStartedAsync(drop, token).ConfigureAwait(false);
                    if (isNew) Begin(request, resources, stopping);
                }
                else if (drop.Failure is { } failure)
                {
                    await _steps.RecordFailureAsync(failure, token).ConfigureAwait(false);
                    await _drops.MarkStartedAsync(drop, token).ConfigureAwait(false);
                    observer.Changed(new JobView(failure.Id, failure.Job, JobStatus.Failed(failure.Error, null), TimeSpan.Zero));
                }
            }).ConfigureAwait(false);
            foreach (RunningJob job in _running.Values.Where(job => job.HasBegun))
            {
                if (await _registry.IsCancelledAsync(job.Id, stopping).ConfigureAwait(false)) job.Cancel();
            }
            return scan.Drops.Count > 0 || scan.Unsettled > 0;
        }
        catch (Exception e) when (TransientErrors.IsTransient(e) && !stopping.IsCancellationRequested)
        {
            observer.Notice($"The storage does not answer ({TransientErrors.Reason(e)}); trying again.");
            return true;
        }
    }

    private void Begin(TransferRequest request, HostResources resources, CancellationToken stopping)
    {
        lock (_running)
        {
            // Versions of one photo have one folder of results: at once they would mix their files there.
            Task before = Task.WhenAll(_running.Values.Where(other => other.Job == request.Job).Select(other => other.Task));
            var job = new RunningJob(request.Id, request.Job);
            if (!_running.TryAdd(job.Id, job)) return;
            observer.Changed(new JobView(job.Id, request.Job, new JobStatus { State = JobState.Waiting }, TimeSpan.Zero));
            job.Task = Task.Run(
                async () =>
                {
                    await before.ConfigureAwait(false);
                    await RunJobAsync(job, request, resources, stopping).ConfigureAwait(false);
                },
                CancellationToken.None);
        }
    }

    private async Task RunJobAsync(RunningJob job, TransferRequest request, HostResources resources, CancellationToken stopping)
    {
        try
        {
            await _places.WaitAsync(stopping).ConfigureAwait(false);
            try
            {
                await RunWorkflowAsync(job, request, resources, stopping).ConfigureAwait(false);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It goes on when a host is started again.
        }
        catch (Exception e) when (TransientErrors.IsTransient(e))
        {
            observer.Notice($"{request.Job} could not be finished, since the storage does not answer ({TransientErrors.Reason(e)}): it goes on when this is started again.");
        }
        catch (Exception e)
        {
            observer.Notice($"{request.Job} could not be finished: {TransferError.OfBug(e).Message}");
        }
        finally
        {
            _running.TryRemove(job.Id, out _);
            job.Dispose();
        }
    }

    private async Task RunWorkflowAsync(RunningJob job, TransferRequest request, HostResources resources, CancellationToken stopping)
    {
        long began = Stopwatch.GetTimestamp();
        if (await _registry.IsCancelledAsync(job.Id, stopping).ConfigureAwait(false)) job.Cancel();
        job.HasBegun = true;
        JobStatus last = new() { State = JobState.Running };
        var notes = new StatusNotes(_registry, job.Id);

        void Show(JobStatus status)
        {
            last = status.NoLessThan(last);
            if (status.State != JobState.Running) return;
            observer.Changed(new JobView(job.Id, request.Job, status, Stopwatch.GetElapsedTime(began)));
            notes.Note(status);
        }

        using var steps = new LocalSteps(request, _steps, resources, Show, job.Cancelled, stopping);
        await using (notes.ConfigureAwait(false)) await TransferWorkflow.RunAsync(request, steps).ConfigureAwait(false);
        await _registry.FinishAsync(job.Id, last, stopping).ConfigureAwait(false);
        observer.Changed(new JobView(job.Id, request.Job, last, Stopwatch.GetElapsedTime(began)));
    }
}
