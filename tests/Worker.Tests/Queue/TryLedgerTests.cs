using Azure.Storage.Queues.Models;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Worker.Queue;

namespace PhotoStyle.Worker.Tests.Queue;

public sealed class TryLedgerTests : IDisposable
{
    private const string Grade = "0123";

    private readonly TemporaryFolder _folder = new();
    private readonly IBlobContainer _checkpoints;
    private readonly TryLedger _ledger;

    public TryLedgerTests()
    {
        _checkpoints = PipelineStorage.InFolder(_folder.Path).Checkpoints;
        _ledger = new TryLedger(_checkpoints);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tries_that_leave_no_checkpoint_count()
    {
        for (int tries = 1; tries <= 7; tries++) Assert.Equal((tries, null), await BeginAsync(tries));
    }

    [Fact]
    public async Task Tries_count_from_the_last_one_that_moved_the_checkpoint()
    {
        long[] counted = new long[9];
        for (int tries = 1; tries < counted.Length; tries++)
        {
            counted[tries] = (await BeginAsync(tries)).Tries;
            if (tries is 2 or 3 or 6) await _checkpoints.WriteAsync(Grade, new MemoryStream(new byte[tries]), Cancellation);
        }

        Assert.Equal([0, 1, 2, 1, 1, 2, 3, 1, 2], counted);
    }

    [Fact]
    public async Task The_reason_of_a_failure_is_kept_until_a_try_gets_on()
    {
        await _ledger.FailAsync(Grade, Message(1), "it rains", Cancellation);
        Assert.Equal((2, "it rains"), await BeginAsync(2));
        Assert.Equal((3, "it rains"), await BeginAsync(3));

        await _checkpoints.WriteAsync(Grade, new MemoryStream(new byte[1]), Cancellation);
        Assert.Equal((1, null), await BeginAsync(4));
    }

    [Fact]
    public async Task A_try_that_was_stopped_on_purpose_does_not_count()
    {
        await _ledger.ForgiveAsync(Grade, Message(1), Cancellation);
        await _ledger.ForgiveAsync(Grade, Message(2), Cancellation);

        Assert.Equal((1, null), await BeginAsync(3));
    }

    [Fact]
    public async Task Another_message_for_the_same_grade_is_counted_by_itself()
    {
        await _ledger.FailAsync(Grade, Message(4), "it rains", Cancellation);

        Assert.Equal((2, null), await BeginAsync(2, id: "other"));
    }

    [Fact]
    public async Task What_can_not_be_read_is_counted_anew()
    {
        await _ledger.FailAsync(Grade, Message(1), "it rains", Cancellation);
        string record = Assert.Single(await TestAccount.NamesAsync(_checkpoints));
        await _checkpoints.WriteAsync(record, new MemoryStream("{"u8.ToArray()), Cancellation);

        Assert.Equal((2, null), await BeginAsync(2));
    }

    [Fact]
    public async Task Nothing_is_left_of_a_message_that_is_done_with()
    {
        await _ledger.FailAsync(Grade, Message(1), "it rains", Cancellation);
        await _ledger.ForgetAsync(Grade, Message(2), Cancellation);

        Assert.Empty(await TestAccount.NamesAsync(_checkpoints));
    }

    private static QueueMessage Message(long count, string id = "message") => QueuesModelFactory.QueueMessage(id, "receipt", "", count);

    private Task<(long Tries, string? Reason)> BeginAsync(long count, string id = "message") => _ledger.BeginAsync(Grade, Message(count, id), Cancellation);
}
