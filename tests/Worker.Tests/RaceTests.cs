using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Testing;

namespace PhotoStyle.Worker.Tests;

public sealed class RaceTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Of_two_workers_one_takes_a_message_and_two_with_the_same_work_leave_one_grade()
    {
        const int iterations = 21;
        TestAccount account = await TestAccount.CreateAsync(azurite);
        SmallJob one = await SmallJob.CreateAsync(account.Storage, iterations: 20), other = await SmallJob.CreateAsync(account.Storage, iterations);
        await using WorkerProcess first = WorkerProcess.Start(account.Connection), second = WorkerProcess.Start(account.Connection);
        await Task.WhenAll(first.Address, second.Address);

        await account.SendAsync(one.Message);
        await account.WaitForEndAsync();
        Assert.Single(account.Answers.Select(answer => answer.Worker).Distinct());
        Assert.False(account.Ends.Single().Reused);

        await account.SendAsync(other.Message);
        await account.SendAsync(other.Message);
        await account.WaitForEndAsync(3);
        Assert.All(account.Ends, end => Assert.Equal(OptimizedKind.Completed, end.Kind));
        Assert.Equal(2, account.Ends.Count(end => end.Grade == other.Grade));
        Assert.Equal(await SmallJob.SolveUndisturbedAsync(iterations), await other.ReadGradeAsync(account.Storage));
        await account.AssertDoneAsync();
    }
}
