using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Tests.Jobs;

public sealed class JobRegistryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Jobs_that_are_not_done_come_in_the_order_in_which_they_were_added()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        PipelineStorage storage = PipelineStorage.InFolder(_folder.Path);
        await storage.CreateAsync(cancellation);
        var registry = new JobRegistry(storage.Jobs);
        TransferRequest[] jobs = [.. Enumerable.Range(0, 8).Select(number => new TransferRequest { Job = $"job {number}", Content = new BlobReference("uploads", "a", "1"), Style = new BlobReference("styles", "b", "1") })];
        DateTime first = DateTime.UtcNow.AddHours(-1);
        foreach ((int number, TransferRequest job) in jobs.Index())
        {
            await registry.TryAddAsync(job, cancellation);
            File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, storage.Jobs.Name, JobRegistry.FolderOf(job.Id), "request.json"), first.AddMinutes(number));
        }
        await registry.FinishAsync(jobs[2].Id, JobStatus.Completed(), cancellation);

        Assert.Equal(jobs.Where(job => job != jobs[2]).Select(job => job.Id), await registry.UnfinishedAsync(cancellation));
    }
}
