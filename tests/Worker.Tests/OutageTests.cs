using PhotoStyle.Pipeline.Azurite;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Testing;

namespace PhotoStyle.Worker.Tests;

public sealed class OutageTests
{
    private static readonly TimeSpan s_outage = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_storage_that_is_away_for_twenty_seconds_costs_a_job_nothing_but_time()
    {
        const int iterations = 101;
        using var folder = new TemporaryFolder();
        await using AzuriteServer server = await AzuriteFixture.StartOwnAsync(folder.Path);
        TestAccount account = await TestAccount.OpenAsync(server.ConnectionString);
        SmallJob job = await SmallJob.CreateAsync(account.Storage, iterations);
        await account.SendAsync(job.Message);
        DateTime sent = DateTime.UtcNow;
        // The emulator writes to its files every few seconds, and is going to be killed.
        await TestAccount.UntilAsync(() => Task.FromResult(Directory.GetFiles(folder.Path, "__azurite_db_*_.json") is { Length: >= 2 } files
            && files.Where(file => !file.Contains("table", StringComparison.Ordinal)).All(file => File.GetLastWriteTimeUtc(file) > sent)));

        await using RunningWorker worker = await RunningWorker.StartAsync(account.Connection, ("PhotoStyle:VisibilitySeconds", "10"));
        await account.WaitForAsync(answer => answer.Progress is { Iteration: > 2 });
        await server.StopAsync();
        Assert.Empty(account.Ends);
        await Task.Delay(s_outage, TestContext.Current.CancellationToken);
        await server.StartAgainAsync(TestContext.Current.CancellationToken);

        OptimizedMessage end = await account.WaitForEndAsync();
        Assert.Equal(OptimizedKind.Completed, end.Kind);
        Assert.Equal(await SmallJob.SolveUndisturbedAsync(iterations), await job.ReadGradeAsync(account.Storage));
        await account.AssertDoneAsync();
        Assert.Empty(await account.PoisonAsync());
    }
}
