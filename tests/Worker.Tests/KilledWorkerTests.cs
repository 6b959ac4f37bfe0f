using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Testing;

namespace PhotoStyle.Worker.Tests;

/// <summary>Real processes, really killed.</summary>
public sealed class KilledWorkerTests(AzuriteFixture azurite)
{
    private const int Kills = 10;

    [Fact]
    public async Task A_job_whose_worker_is_killed_ten_times_gives_the_same_grade_and_loses_at_most_two_iterations_each_time()
    {
        const int iterations = 200;
        TestAccount account = await TestAccount.CreateAsync(azurite);
        SmallJob job = await SmallJob.CreateAsync(account.Storage, iterations);
        await account.SendAsync(job.Message);
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        int reached = 0;

        for (int kill = 1; kill <= Kills; kill++)
        {
            await using WorkerProcess worker = WorkerProcess.Start(account.Connection, ("PhotoStyle__VisibilitySeconds", "2"));
            if (kill % 3 == 0)
            {
                // While it starts, or takes the message, or reads what it needs.
                await Task.Delay(random.Next(2000), TestContext.Current.CancellationToken);
            }
            else
            {
                await ResumesAsync(worker);
                await Task.Delay(random.Next(100), TestContext.Current.CancellationToken);
            }
            await worker.KillAsync();
            await account.ReceiveAsync();
            // What it told last, it had computed; and what it had computed two iterations before that was safe when it told.
            reached = account.Answers.Where(answer => answer.Worker!.EndsWith(worker.Signature, StringComparison.Ordinal)).Max(answer => answer.Progress?.Iteration) ?? reached;
            Assert.True(account.Ends.Count == 0, $"The job was done before kill {kill} (seed {seed}).");
        }

        Assert.True(reached > 0, $"No worker got on (seed {seed}).");
        await using WorkerProcess last = WorkerProcess.Start(account.Connection, ("PhotoStyle__VisibilitySeconds", "2"));
        await ResumesAsync(last);
        OptimizedMessage end = await account.WaitForEndAsync();
        Assert.Equal(OptimizedKind.Completed, end.Kind);
        Assert.Equal(await SmallJob.SolveUndisturbedAsync(iterations), await job.ReadGradeAsync(account.Storage));
        await account.AssertDoneAsync();
        Assert.Empty(await account.PoisonAsync());

        async Task ResumesAsync(WorkerProcess worker)
        {
            OptimizedMessage first = await account.WaitForAsync(answer => answer.Worker!.EndsWith(worker.Signature, StringComparison.Ordinal));
            if (first.Progress is { } progress) Assert.True(progress.Iteration >= reached - 1, $"It went on at {progress.Iteration}, though {reached} was reached before (seed {seed}).");
        }
    }
}
