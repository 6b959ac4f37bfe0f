using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Tests.Drops;

public sealed class DropIntakeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PipelineStorage _storage;
    private readonly PipelineSteps _steps;
    private readonly List<string> _inspected = [], _started = [];
    private readonly List<(string Job, string Code)> _refused = [];

    public DropIntakeTests()
    {
        _storage = PipelineStorage.InFolder(_folder.Path);
        _steps = new PipelineSteps(_storage);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _steps.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_photo_and_mask_is_looked_at_before_the_job_starts_which_it_does_once()
    {
        foreach (string name in new[] { "content.jpg", "style.jpg", "content-mask.png", "style-mask.png" }) await PutAsync($"job/{name}", [1]);
        await PutAsync("job/job.json", "{}"u8.ToArray());

        for (int i = 0; i < 3; i++) await TakeInAsync("job/job.json");

        Assert.Equal(["uploads/job/content.jpg", "uploads/job/style.jpg", "uploads/job/content-mask.png", "uploads/job/style-mask.png"], _inspected);
        Assert.Equal(["job"], _started);
    }

    [Fact]
    public async Task A_job_that_is_refused_leaves_the_reason_and_does_not_start()
    {
        await PutAsync("job/content.jpg", [1]);
        await PutAsync("job/style.jpg", [1]);
        await PutAsync("job/job.json", "{}"u8.ToArray());

        for (int i = 0; i < 2; i++) await TakeInAsync("job/job.json", _ => throw new PhotoStyleException(ErrorCode.ImageTooLarge, "It is too large: use a smaller one."));

        Assert.Empty(_started);
        Assert.Equal([("job", "image-too-large")], _refused);
        Assert.Equal("image-too-large", (await _storage.Results.ReadJsonAsync<FailureReport>("job/error.json", Cancellation))!.Error.Code);
    }

    [Fact]
    public async Task A_drop_that_can_not_be_read_leaves_the_reason()
    {
        await PutAsync("job/content.jpg", [1]);
        await PutAsync("job/style.jpg", [1]);
        await PutAsync("job/job.json", "no JSON"u8.ToArray());

        await TakeInAsync("job/job.json");

        Assert.Empty(_inspected);
        Assert.Equal([("job", "job-invalid")], _refused);
        Assert.Equal("job-invalid", (await _storage.Results.ReadJsonAsync<FailureReport>("job/error.json", Cancellation))!.Error.Code);
    }

    [Fact]
    public async Task What_could_not_be_looked_at_or_started_is_found_again()
    {
        await PutAsync("job/content.jpg", [1]);
        await PutAsync("job/style.jpg", [1]);
        await PutAsync("job/job.json", "{}"u8.ToArray());
        var away = new PhotoStyleException(ErrorCode.StorageUnavailable, "It is away: wait.");

        await Assert.ThrowsAsync<PhotoStyleException>(() => TakeInAsync("job/job.json", _ => throw away));
        await Assert.ThrowsAsync<PhotoStyleException>(() => TakeInAsync("job/job.json", start: _ => throw away));
        Assert.Null(await _storage.Results.FindAsync("job/error.json", Cancellation));

        await TakeInAsync("job/job.json");
        Assert.Equal(["job"], _started);
    }

    private Task PutAsync(string name, byte[] bytes) => _storage.Uploads.WriteAsync(name, new MemoryStream(bytes), Cancellation);

    /// <summary>As another process would, each time.</summary>
    private Task TakeInAsync(string name, Func<BlobReference, Task>? inspect = null, Func<TransferRequest, Task>? start = null) =>
        new DropIntake(new DropResolver(_storage), _steps).TakeInAsync("uploads", name, inspect ?? Inspect, start ?? Start, Refused, Cancellation);

    private Task Inspect(BlobReference blob)
    {
        _inspected.Add($"{blob.Container}/{blob.Name}");
        return Task.CompletedTask;
    }

    private Task Refused(FailureReport report)
    {
        _refused.Add((report.Job, report.Error.Code));
        return Task.CompletedTask;
    }

    private Task Start(TransferRequest request)
    {
        _started.Add(request.Job);
        return Task.CompletedTask;
    }
}
