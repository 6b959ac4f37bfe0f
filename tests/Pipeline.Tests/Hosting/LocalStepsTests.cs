using PhotoStyle.Features;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Hosting;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Tests.Hosting;

public sealed class LocalStepsTests : IDisposable
{
    private const long Memory = 1L << 30;

    private static readonly TransferRequest s_job = new() { Job = "a", Content = new BlobReference("uploads", "a/content.png", "1"), Style = new BlobReference("styles", "b.png", "1") };

    private static readonly ArtifactReference s_missing = new("segment", new string('0', 64));
    private static readonly OptimiseRequest s_request = new(s_missing, s_missing, s_missing, s_missing, EmbeddedEncoder.Name, Precision.Full, new TransferOptions());

    private readonly TemporaryFolder _folder = new();
    private readonly PipelineStorage _storage;
    private readonly PipelineSteps _steps;
    private readonly MemoryBudget _memory = new(Memory);
    private readonly SemaphoreSlim _solver = new(1);

    public LocalStepsTests()
    {
        _storage = PipelineStorage.InFolder(_folder.Path);
        _steps = new PipelineSteps(_storage);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _steps.Dispose();
        _solver.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Who_waits_for_the_solver_holds_no_memory()
    {
        using LocalSteps steps = Steps(TimeSpan.FromHours(1));
        await _solver.WaitAsync(Cancellation);

        Task<StepOutcome<OptimiseResult>> waiting = steps.OptimiseAsync(s_job, s_request);

        using (await _memory.TakeAsync(Memory, Cancellation).WaitAsync(TimeSpan.FromMinutes(1), Cancellation)) Assert.False(waiting.IsCompleted);
        _solver.Release();
        Assert.Equal(PhotoStyleException.NameOf(ErrorCode.InputMissing), (await waiting).Error!.Code);
        Assert.Equal(1, _solver.CurrentCount);
    }

    [Fact]
    public async Task Time_in_which_others_have_the_solver_is_not_that_of_the_step()
    {
        TimeSpan limit = TimeSpan.FromSeconds(10);
        using LocalSteps steps = Steps(limit);
        await _solver.WaitAsync(Cancellation);

        Task<StepOutcome<OptimiseResult>> waiting = steps.OptimiseAsync(s_job, s_request);
        await Task.Delay(limit * 1.1, Cancellation);
        _solver.Release();

        StepOutcome<OptimiseResult> outcome = await waiting;
        Assert.Equal(PhotoStyleException.NameOf(ErrorCode.InputMissing), outcome.Error!.Code);
        Assert.InRange(outcome.Seconds, 0, limit.TotalSeconds);
    }

    [Fact]
    public async Task A_grade_that_exists_is_found_while_others_have_the_solver()
    {
        using LocalSteps steps = Steps(TimeSpan.FromHours(1));
        await _storage.Artifacts.WriteJsonAsync($"{s_request.Grade().Name}.json", new OptimiseFigures(1, 1, 1, 1, new Dictionary<string, double>()), Cancellation);
        await _storage.Artifacts.WriteAsync(s_request.Grade().Name, new MemoryStream([1]), Cancellation);
        await _solver.WaitAsync(Cancellation);

        Assert.True((await steps.OptimiseAsync(s_job, s_request).WaitAsync(TimeSpan.FromMinutes(1), Cancellation)).Reused);
    }

    [Fact]
    public async Task A_photo_is_reckoned_by_its_pixels_however_small_its_file_is()
    {
        var input = new JobInput(new ArtifactReference("input", new string('a', 64)), "flat.png", "1", 1000);
        await _storage.Artifacts.WriteAsync(input.Artifact.Name, new MemoryStream(Pictures.Png(1, 400, 300)), Cancellation);
        JobInput damaged = input with { Artifact = new ArtifactReference("input", new string('b', 64)) }, missing = input with { Artifact = new ArtifactReference("input", new string('c', 64)) };
        await _storage.Artifacts.WriteAsync(damaged.Artifact.Name, new MemoryStream("no picture"u8.ToArray()), Cancellation);

        Assert.Equal(3 * 400 * 300, await _steps.PixelBytesAsync(input, Cancellation));
        Assert.Equal(0, await _steps.PixelBytesAsync(damaged, Cancellation));
        Assert.Equal(0, await _steps.PixelBytesAsync(missing, Cancellation));
    }

    private LocalSteps Steps(TimeSpan limit) => new(
        s_job, _steps, new HostResources(new LocalHostOptions { StepLimit = limit }, new RecordingObserver(), _memory, _solver), _ => { }, Cancellation, Cancellation);
}
