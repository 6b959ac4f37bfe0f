using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Tests.Messages;

public sealed class InProcessOptimiseTests : IAsyncLifetime
{
    private const int Endless = 100_000;

    private readonly TemporaryFolder _folder = new();
    private readonly List<OptimizedMessage> _told = [];
    private readonly List<Exception> _failures = [];
    private PipelineStorage _storage = null!;
    private PipelineSteps _steps = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = PipelineStorage.InFolder(_folder.Path);
        await _storage.CreateAsync();
        _steps = new PipelineSteps(_storage);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.CompletedTask;
        _steps.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_grade_is_found_and_nothing_is_left_of_the_work()
    {
        OptimizeMessage message = await AskAsync(3);
        using InProcessOptimise optimise = Make();

        StepOutcome<OptimiseResult> outcome = await optimise.RunAsync(message, Tell, Cancellation);

        Assert.Null(outcome.Error);
        Assert.Equal(3, outcome.Value!.Figures.Evaluations);
        Assert.Empty(await TestStorage.NamesAsync(_storage.Checkpoints));
        Assert.True((await optimise.RunAsync(message, Tell, Cancellation)).Reused);
    }

    [Fact]
    public async Task Progress_is_told_as_a_worker_would_until_the_job_is_cancelled_and_then_the_state_is_forgotten()
    {
        OptimizeMessage message = await AskAsync(Endless);
        using InProcessOptimise optimise = Make();

        StepOutcome<OptimiseResult> outcome = await optimise.RunAsync(message, CancelAfterTwo, Cancellation);

        Assert.Equal(TransferError.Cancelled, outcome.Error!.Code);
        Assert.All(_told, told => Assert.Equal((OptimizedKind.Progress, message.Id, message.Request.Grade().Hash), (told.Kind, told.Id, told.Grade)));
        Assert.True(_told[1].Progress!.Iteration > _told[0].Progress!.Iteration);
        Assert.Empty(await TestStorage.NamesAsync(_storage.Checkpoints));

        async Task CancelAfterTwo(OptimizedMessage told)
        {
            await Tell(told);
            if (_told.Count == 2) await new JobRegistry(_storage.Jobs).CancelAsync(message.Id, Cancellation);
        }
    }

    [Fact]
    public async Task Progress_that_can_not_be_told_is_no_reason_to_stop()
    {
        OptimizeMessage message = await AskAsync(Endless);
        using InProcessOptimise optimise = Make();

        StepOutcome<OptimiseResult> outcome = await optimise.RunAsync(message, FailOnce, Cancellation);

        Assert.Equal(TransferError.Cancelled, outcome.Error!.Code);
        Assert.IsType<IOException>(Assert.Single(_failures));
        Assert.Single(_told);

        async Task FailOnce(OptimizedMessage told)
        {
            if (_failures.Count == 0) throw new IOException("Nobody listens.");
            await Tell(told);
            await new JobRegistry(_storage.Jobs).CancelAsync(message.Id, Cancellation);
        }
    }

    [Fact]
    public async Task What_a_host_that_stops_had_solved_is_kept_for_the_next_one()
    {
        OptimizeMessage message = await AskAsync(Endless);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using InProcessOptimise optimise = Make();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => optimise.RunAsync(message, _ => stopping.CancelAsync(), stopping.Token));

        Assert.Equal([message.Request.Grade().Hash], await TestStorage.NamesAsync(_storage.Checkpoints));
        Assert.Empty(_failures);
    }

    [Fact]
    public async Task Two_grades_are_found_one_after_the_other()
    {
        OptimizeMessage first = await AskAsync(Endless), second = await AskAsync(3);
        using InProcessOptimise optimise = Make();
        var begun = new TaskCompletionSource();
        Task<StepOutcome<OptimiseResult>> before = optimise.RunAsync(first, Begun, Cancellation);
        Assert.Same(begun.Task, await Task.WhenAny(begun.Task, before));

        Task<StepOutcome<OptimiseResult>> next = optimise.RunAsync(second, Tell, Cancellation);
        Assert.False(await _storage.Artifacts.FindAsync(second.Request.Grade().Name, Cancellation) is not null);
        await new JobRegistry(_storage.Jobs).CancelAsync(first.Id, Cancellation);

        Assert.Equal(TransferError.Cancelled, (await before).Error!.Code);
        Assert.Null((await next).Error);

        Task Begun(OptimizedMessage told)
        {
            begun.TrySetResult();
            return Task.CompletedTask;
        }
    }

    private InProcessOptimise Make() => new(_steps, TimeSpan.FromMilliseconds(10), (_, e) => _failures.Add(e));

    private Task Tell(OptimizedMessage told)
    {
        _told.Add(told);
        return Task.CompletedTask;
    }

    /// <summary>What a workflow asks after the steps before.</summary>
    private async Task<OptimizeMessage> AskAsync(int evaluations)
    {
        await _storage.Uploads.WriteAsync("dusk/a.png", new MemoryStream(Pictures.Png(1)), Cancellation);
        await _storage.Styles.WriteAsync("dusk.png", new MemoryStream(Pictures.Png(2)), Cancellation);
        var request = new TransferRequest
        {
            Job = "dusk/a.png",
            Content = new BlobReference("uploads", "dusk/a.png", ""),
            Style = new BlobReference("styles", "dusk.png", ""),
            Options = new JobOptions { Size = 64, Iterations = evaluations, Segment = SegmentationMode.None },
        };
        TransferOptions options = request.Options.ToTransferOptions();
        JobInputs inputs = (await _steps.TakeAsync(request, Cancellation)).Value!;
        ArtifactReference content = (await _steps.SegmentAsync(new SegmentRequest(inputs.Content, null, SegmentationMode.None, options.Size, Network: null), Cancellation)).Value!;
        ArtifactReference style = (await _steps.SegmentAsync(new SegmentRequest(inputs.Style, null, SegmentationMode.None, options.Size, Network: null), Cancellation)).Value!;
        ArtifactReference laplacian = (await _steps.ComputeLaplacianAsync(new LaplacianRequest(inputs.Content, options.Size, options.Solver.Epsilon), Cancellation)).Value!;
        ArtifactReference match = (await _steps.MatchAsync(new MatchRequest(content, style, SegmentationMode.None, options.Orphans), Cancellation)).Value!;
        return OptimizeMessage.For(request, new OptimiseRequest(content, style, match, laplacian, request.Options.EncoderFor(options), request.Options.Precision, options));
    }
}
