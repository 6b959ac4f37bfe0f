using Azure;
using Microsoft.DurableTask;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Workflow;

namespace PhotoStyle.Functions.Orchestration;

/// <summary>The steps of a job as Durable activities. Each ends at once when the job is cancelled; an activity that is at work then still ends, unheard.</summary>
internal sealed class DurableSteps(TaskOrchestrationContext context, JobStart start) : ITransferSteps, IOptimiseChannel
{
    /// <summary>What steps throw when the storage fails them; the clients of Azure put what several tries threw into one.</summary>
    private static readonly string[] s_storageErrors = [typeof(RequestFailedException).FullName!, typeof(AggregateException).FullName!, typeof(PhotoStyleException).FullName!];

    private readonly Task _cancelled = context.WaitForExternalEvent<DateTimeOffset>(JobEvents.Cancel);

    // A wait that a silence ended is gone on with: a second one would get the messages that the first one still waits for.
    private Task<OptimizedMessage>? _message;
    private JobStatus? _status;

    public Task<StepOutcome<JobInputs>> TakeAsync(TransferRequest request) => CallAsync<JobInputs>(nameof(StepActivities.Take), request);

    public Task<StepOutcome<ArtifactReference>> SegmentAsync(SegmentRequest request) => CallAsync<ArtifactReference>(nameof(StepActivities.Segment), request);

    public Task<StepOutcome<ArtifactReference>> ComputeLaplacianAsync(LaplacianRequest request) => CallAsync<ArtifactReference>(nameof(StepActivities.ComputeLaplacian), request);

    public Task<StepOutcome<ArtifactReference>> MatchAsync(MatchRequest request) => CallAsync<ArtifactReference>(nameof(StepActivities.Match), request);

    public Task<StepOutcome<OptimiseResult>> OptimiseAsync(TransferRequest job, OptimiseRequest request) => start.InProcess
        ? OptimiseHereAsync(OptimizeMessage.For(job, request))
        : RemoteOptimise.RunAsync(job, request, this, OptimisePatience.Default);

    public Task<StepOutcome<TransferResult>> RenderAsync(RenderRequest request) => CallAsync<TransferResult>(nameof(StepActivities.Render), request);

    public Task RecordFailureAsync(FailureRequest request) => context.CallActivityAsync(nameof(StepActivities.RecordFailure), request, Retries.Step);

    public void SetStatus(JobStatus status)
    {
        _status = status.NoLessThan(_status);
        context.SetCustomStatus(_status);
    }

    public void ThrowIfCancelled()
    {
        if (_cancelled.IsCompleted) throw new OperationCanceledException();
    }

    public TransferError Explain(Exception exception) => exception switch
    {
        TaskFailedException { FailureDetails: { } details } failed when s_storageErrors.Contains(details.ErrorType) => TransferError.Of(new PhotoStyleException(
            ErrorCode.StorageUnavailable,
            $"The step {failed.TaskName} failed again and again since the storage did not answer ({details.ErrorMessage.ReplaceLineEndings(" ")}): see that it can be reached, then drop the photo again.")),
        TaskFailedException { FailureDetails: { } details } failed => new TransferError(
            TransferError.Bug,
            $"The step {failed.TaskName} failed again and again ({details.ErrorType}: {details.ErrorMessage.ReplaceLineEndings(" ")}): this is a bug, please report it with this file."),
        _ => TransferError.OfBug(exception),
    };

    public Task SendAsync(OptimizeMessage message) => UnlessCancelledAsync(context.CallActivityAsync(nameof(OptimiseActivities.RequestOptimise), message, Retries.Step));

    public async Task<OptimizedMessage?> ReceiveAsync(TimeSpan wait)
    {
        // A timer that nobody waits for keeps an orchestration from its end.
        using var timerEnd = new CancellationTokenSource();
        Task timer = context.CreateTimer(wait, timerEnd.Token);
        _message ??= context.WaitForExternalEvent<OptimizedMessage>(JobEvents.Optimized);
        Task first = await Task.WhenAny(_message, _cancelled, timer);
        if (first == timer) return null;
        // Not CancelAsync: it would go on outside of the orchestrator's thread.
#pragma warning disable CA1849
        timerEnd.Cancel();
#pragma warning restore CA1849
        ThrowIfCancelled();
        OptimizedMessage message = await _message;
        _message = null;
        return message;
    }

    public Task<StepOutcome<OptimiseResult>?> FindAsync(OptimiseRequest request) =>
        UnlessCancelledAsync(context.CallActivityAsync<StepOutcome<OptimiseResult>?>(nameof(OptimiseActivities.FindGrade), request, Retries.Step));

    public void Report(OptimiseProgress progress) => SetStatus(JobStatus.At(progress));

    /// <summary>The activity tells of its progress by the same events as a worker.</summary>
    private async Task<StepOutcome<OptimiseResult>> OptimiseHereAsync(OptimizeMessage message)
    {
        var optimise = context.CallActivityAsync<StepOutcome<OptimiseResult>>(nameof(OptimiseActivities.OptimiseHere), message, Retries.Optimise);
        while (true)
        {
            _message ??= context.WaitForExternalEvent<OptimizedMessage>(JobEvents.Optimized);
            Task first = await Task.WhenAny(optimise, _cancelled, _message);
            ThrowIfCancelled();
            if (first == optimise) return await optimise;
            OptimizedMessage told = await _message;
            _message = null;
            if (told.Progress is { } progress) Report(progress);
        }
    }

    private Task<StepOutcome<T>> CallAsync<T>(string activity, object input)
        where T : class => UnlessCancelledAsync(context.CallActivityAsync<StepOutcome<T>>(activity, input, Retries.Step));

    private async Task<T> UnlessCancelledAsync<T>(Task<T> step)
    {
        await UnlessCancelledAsync((Task)step);
        return await step;
    }

    private async Task UnlessCancelledAsync(Task step)
    {
        await Task.WhenAny(step, _cancelled);
        ThrowIfCancelled();
        await step;
    }
}
