using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Pipeline.Workflow;
using PhotoStyle.Testing;

namespace PhotoStyle.Pipeline.Tests.Steps;

/// <summary>Jobs of one name at the same time, as a host has them that does not put them in a row: a photo is replaced while its job runs.</summary>
public sealed class ReplacedPhotoTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageKind.Folder, false)]
    [InlineData(StorageKind.Azurite, false)]
    [InlineData(StorageKind.Folder, true)]
    public async Task The_job_that_began_last_has_the_results_and_the_other_one_writes_nothing(StorageKind kind, bool alone)
    {
        using TestStorage test = await CreateAsync(kind);
        using var steps = new PipelineSteps(test.Storage, alone: alone);
        TransferRequest first = await DropAsync(test, 1, width: 72);
        var afterTake = new TaskCompletionSource();
        Task<JobOutcome> older = await BeginAsync(first, steps, afterTake.Task);
        TransferRequest second = await DropAsync(test, 2, width: 80);

        JobOutcome newer = await TransferWorkflow.RunAsync(second, new HeldSteps(steps, Task.CompletedTask));
        afterTake.SetResult();

        Assert.Equal(JobState.Completed, newer.State);
        JobOutcome overtaken = await older;
        Assert.Equal((JobState.Cancelled, "superseded"), (overtaken.State, overtaken.Error!.Code));
        await AssertResultAsync(test, second, 80);
    }

    [Fact]
    public async Task A_job_that_takes_its_photos_late_is_the_last_one_and_takes_the_new_ones()
    {
        using TestStorage test = await CreateAsync(StorageKind.Folder);
        using var steps = new PipelineSteps(test.Storage);
        TransferRequest first = await DropAsync(test, 1, width: 72), second = await DropAsync(test, 2, width: 80);

        await TransferWorkflow.RunAsync(second, new HeldSteps(steps, Task.CompletedTask));
        JobOutcome late = await TransferWorkflow.RunAsync(first, new HeldSteps(steps, Task.CompletedTask));

        Assert.Equal(JobState.Completed, late.State);
        await AssertResultAsync(test, first, 80);
    }

    [Fact]
    public async Task The_error_of_a_job_that_was_overtaken_is_not_put_beside_the_other_ones_result()
    {
        using TestStorage test = await CreateAsync(StorageKind.Folder);
        using var steps = new PipelineSteps(test.Storage);
        TransferRequest first = await DropAsync(test, 1, width: 72);
        await steps.TakeAsync(first, Cancellation);
        TransferRequest second = await DropAsync(test, 2, width: 80);
        await TransferWorkflow.RunAsync(second, new HeldSteps(steps, Task.CompletedTask));

        await steps.RecordFailureAsync(new FailureRequest(first, new TransferError("timed-out", "It took too long."), JobStep.Optimise), Cancellation);

        await AssertResultAsync(test, second, 80);
    }

    [Fact]
    public async Task A_new_photo_that_is_refused_is_an_error_that_the_older_job_does_not_remove()
    {
        using TestStorage test = await CreateAsync(StorageKind.Folder);
        using var steps = new PipelineSteps(test.Storage);
        TransferRequest first = await DropAsync(test, 1, width: 72);
        var afterTake = new TaskCompletionSource();
        Task<JobOutcome> older = await BeginAsync(first, steps, afterTake.Task);
        TransferRequest second = await DropAsync(test, 2, width: 80);

        await steps.RecordFailureAsync(new FailureRequest(second, new TransferError("image-truncated", "It is damaged."), null), Cancellation);
        afterTake.SetResult();
        await older;

        Assert.Equal(["dusk/a.png/error.json"], await TestStorage.NamesAsync(test.Storage.Results));
        Assert.Equal(second.Id, (await test.Storage.Results.ReadJsonAsync<FailureReport>("dusk/a.png/error.json", Cancellation))!.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_that_takes_its_number_again_keeps_it(bool alone)
    {
        using TestStorage test = await CreateAsync(StorageKind.Folder);
        string first = new('f', 32), second = new('0', 32);
        var turns = new ResultTurns(test.Storage.Jobs, alone);

        await turns.TakeAsync("job", first, Cancellation);
        await turns.TakeAsync("job", second, Cancellation);
        await turns.TakeAsync("other", new string('1', 32), Cancellation);
        await turns.TakeAsync("job", first, Cancellation);

        Assert.Null(await turns.TryHoldAsync("job", first, Cancellation));
        await using (IAsyncDisposable? hold = await turns.TryHoldAsync("job", second, Cancellation)) Assert.NotNull(hold);
        // After a restart.
        var again = new ResultTurns(test.Storage.Jobs, alone);
        Assert.Null(await again.TryHoldAsync("job", first, Cancellation));
        await using (IAsyncDisposable? hold = await again.TryHoldAsync("job", second, Cancellation)) Assert.NotNull(hold);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_two_write_at_once(bool alone)
    {
        using TestStorage test = await CreateAsync(StorageKind.Folder);
        var turns = new ResultTurns(test.Storage.Jobs, alone);
        IAsyncDisposable hold = (await turns.TryHoldAsync("job", new string('0', 32), Cancellation))!;

        Task<IAsyncDisposable?> later = turns.TryHoldAsync("job", new string('1', 32), Cancellation);
        await using (IAsyncDisposable? other = await turns.TryHoldAsync("other", new string('2', 32), Cancellation)) Assert.NotNull(other);
        Assert.False(later.IsCompleted);

        await hold.DisposeAsync();
        await using (IAsyncDisposable? other = await later.WaitAsync(TimeSpan.FromMinutes(1), Cancellation)) Assert.NotNull(other);
    }

    /// <returns>A job that has taken its photos and waits until it may go on.</returns>
    private static async Task<Task<JobOutcome>> BeginAsync(TransferRequest request, PipelineSteps steps, Task afterTake)
    {
        var held = new HeldSteps(steps, afterTake);
        Task<JobOutcome> job = TransferWorkflow.RunAsync(request, held);
        await held.Taken.Task.WaitAsync(Cancellation);
        return job;
    }

    private async Task<TestStorage> CreateAsync(StorageKind kind)
    {
        TestStorage test = await TestStorage.CreateAsync(kind, azurite);
        await test.AddStyleAsync("dusk.png", Pictures.Png(9));
        return test;
    }

    private static async Task<TransferRequest> DropAsync(TestStorage test, int seed, int width)
    {
        await test.DropAsync("dusk/a.png", Pictures.Png(seed, width));
        BlobEntry content = (await test.Storage.Uploads.FindAsync("dusk/a.png", Cancellation))!, style = (await test.Storage.Styles.FindAsync("dusk.png", Cancellation))!;
        return new TransferRequest
        {
            Job = "dusk/a.png",
            Content = new BlobReference("uploads", content.Name, content.ETag),
            Style = new BlobReference("styles", style.Name, style.ETag),
            Options = new JobOptions { Size = 64, Iterations = 2, Segment = Segmentation.SegmentationMode.None },
        };
    }

    private static async Task AssertResultAsync(TestStorage test, TransferRequest request, int width)
    {
        Assert.Equal(
            ["dusk/a.png/grade.safetensors", "dusk/a.png/output.png", "dusk/a.png/preview.jpg", "dusk/a.png/result.json"], await TestStorage.NamesAsync(test.Storage.Results));
        TransferResult result = (await test.Storage.Results.ReadJsonAsync<TransferResult>("dusk/a.png/result.json", Cancellation))!;
        Assert.Equal((request.Id, width), (result.Id, result.Width));
        Assert.Equal(width, Pictures.SizeOf((await test.Storage.Results.ReadAsync("dusk/a.png/output.png", Cancellation))!).Width);
    }
}
