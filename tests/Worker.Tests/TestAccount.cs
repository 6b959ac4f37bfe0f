using System.Text.Json;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Testing;

namespace PhotoStyle.Worker.Tests;

/// <summary>A storage account for one test, as the orchestrator sees it.</summary>
internal sealed class TestAccount
{
    /// <summary>No test waits so long unless something is wrong.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly List<OptimizedMessage> _answers = [];

    private TestAccount(string connection)
    {
        Connection = connection;
        Storage = PipelineStorage.InAccount(connection);
        Queues = new PipelineQueues(connection);
    }

    public string Connection { get; }

    public PipelineStorage Storage { get; }

    public PipelineQueues Queues { get; }

    /// <summary>All answers received until now.</summary>
    public IReadOnlyList<OptimizedMessage> Answers => _answers;

    /// <summary>Those that are not just progress.</summary>
    public IReadOnlyList<OptimizedMessage> Ends => [.. _answers.Where(answer => answer.Kind != OptimizedKind.Progress)];

    public static async Task<TestAccount> CreateAsync(AzuriteFixture azurite) => await OpenAsync(await azurite.NewAccountAsync());

    public static async Task<TestAccount> OpenAsync(string connection)
    {
        var account = new TestAccount(connection);
        await Task.WhenAll(account.Storage.CreateAsync(TestContext.Current.CancellationToken), account.Queues.CreateAsync(TestContext.Current.CancellationToken));
        return account;
    }

    public Task SendAsync(OptimizeMessage message) => Queues.Optimize.SendMessageAsync(MessageJson.Write(message), TestContext.Current.CancellationToken);

    /// <summary>The first answer that fits, those received before included.</summary>
    public async Task<OptimizedMessage> WaitForAsync(Predicate<OptimizedMessage> fits)
    {
        await UntilAsync(async () =>
        {
            await ReceiveAsync();
            return _answers.Exists(fits);
        });
        return _answers.Find(fits)!;
    }

    /// <summary>The answer that ends a job.</summary>
    /// <param name="number">Which one, where there are several.</param>
    public async Task<OptimizedMessage> WaitForEndAsync(int number = 1)
    {
        await UntilAsync(async () =>
        {
            await ReceiveAsync();
            return Ends.Count >= number;
        });
        return Ends[number - 1];
    }

    /// <summary>Receives what answers there are.</summary>
    public async Task ReceiveAsync()
    {
        while (true)
        {
            QueueMessage[] messages = (await Queues.Optimized.ReceiveMessagesAsync(32, cancellationToken: TestContext.Current.CancellationToken)).Value;
            if (messages.Length == 0) return;
            foreach (QueueMessage message in messages)
            {
                _answers.Add(MessageJson.ReadOptimized(message.Body.ToString()));
                await Queues.Optimized.DeleteMessageAsync(message.MessageId, message.PopReceipt, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>What lies in the poison queue.</summary>
    public async Task<IReadOnlyList<PoisonMessage>> PoisonAsync()
    {
        QueueMessage[] messages = (await Queues.OptimizePoison.ReceiveMessagesAsync(32, cancellationToken: TestContext.Current.CancellationToken)).Value;
        return [.. messages.Select(message => JsonSerializer.Deserialize<PoisonMessage>(message.Body.ToString(), PipelineJson.Options)!)];
    }

    /// <summary>Waits until the queue of work is empty and nobody holds a message of it; then nothing that workers keep for themselves may be left.</summary>
    public async Task AssertDoneAsync()
    {
        await UntilAsync(async () => await CountAsync(Queues.Optimize) == 0);
        await UntilAsync(async () => (await NamesAsync(Storage.Checkpoints)).Count == 0);
    }

    public static async Task<int> CountAsync(QueueClient queue) =>
        (await queue.GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount;

    public static async Task<IReadOnlyList<string>> NamesAsync(IBlobContainer container)
    {
        var names = new List<string>();
        await foreach (BlobEntry entry in container.ListAsync(cancellation: TestContext.Current.CancellationToken)) names.Add(entry.Name);
        return names;
    }

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_patience);
        while (!await condition()) await Task.Delay(20, patience.Token);
    }
}
