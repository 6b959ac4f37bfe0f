using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using PhotoStyle.Optimization;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Testing;

namespace PhotoStyle.Worker.Tests;

/// <summary>What becomes of messages, with the whole worker on a real queue.</summary>
public sealed class MessageTests(AzuriteFixture azurite)
{
    private const int Iterations = 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_answered_with_its_grade()
    {
        (TestAccount account, SmallJob job) = await CreateAsync();
        await account.SendAsync(job.Message);
        await using RunningWorker worker = await RunningWorker.StartAsync(account.Connection);

        OptimizedMessage end = await account.WaitForEndAsync();

        Assert.Equal((job.Request.Id, job.Grade, OptimizedKind.Completed, false), (end.Id, end.Grade, end.Kind, end.Reused));
        Assert.Equal(Iterations, end.Result!.Figures.Evaluations);
        Assert.Equal(await SmallJob.SolveUndisturbedAsync(Iterations), await job.ReadGradeAsync(account.Storage));
        await account.AssertDoneAsync();
    }

    [Fact]
    public async Task The_span_of_a_worker_is_part_of_the_trace_that_asked()
    {
        (TestAccount account, SmallJob job) = await CreateAsync();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "test" or "PhotoStyle.Worker",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        OptimizeMessage message;
        using (Activity asking = source.StartActivity("ask")!)
        {
            message = job.Message.Traced();
            Assert.Equal(asking.Id, message.TraceParent);
        }
        await account.SendAsync(message);
        await account.SendAsync(job.Message with { TraceParent = "no trace" });
        await using RunningWorker worker = await RunningWorker.StartAsync(account.Connection);

        await account.WaitForEndAsync(2);
        await account.AssertDoneAsync();

        ActivityContext asked = ActivityContext.Parse(message.TraceParent!, null);
        await TestAccount.UntilAsync(() => Task.FromResult(spans.Any(span => span.TraceId == asked.TraceId && span.ParentSpanId == asked.SpanId)));
        Assert.Single(spans, span => span.Source.Name == "PhotoStyle.Worker" && span.TraceId == asked.TraceId);
    }

    [Fact]
    public async Task A_solver_that_had_ended_before_its_process_died_tells_its_figures()
    {
        (TestAccount account, SmallJob job) = await CreateAsync();
        using var folder = new TemporaryFolder();
        var checkpoint = new Checkpoint(Path.Combine(folder.Path, "state"), TimeSpan.Zero);
        using var steps = new PipelineSteps(account.Storage, artifactMemory: 0);
        OptimiseFigures first = (await steps.OptimiseAsync(job.Message.Request, checkpoint, null, Cancellation)).Value!.Figures;
        foreach (string suffix in new[] { "", ".json" }) await account.Storage.Artifacts.DeleteAsync($"{job.Message.Request.Grade().Name}{suffix}", Cancellation);

        OptimiseFigures again = (await steps.OptimiseAsync(job.Message.Request, checkpoint, null, Cancellation)).Value!.Figures;

        Assert.Equal((first.Evaluations, first.Iterations), (again.Evaluations, again.Iterations));
        Assert.Equal(first.Loss, again.Loss, first.Loss * 1e-6);
        Assert.NotEmpty(again.Terms);
    }

    [Fact]
    public async Task A_message_whose_grade_is_there_is_answered_without_work_however_often_it_comes()
    {
        (TestAccount account, SmallJob job) = await CreateAsync();
        // A worker that wrote the grade and died before it answered leaves this behind.
        await SolveAsync(account, job);
        await account.SendAsync(job.Message);
        await using RunningWorker worker = await RunningWorker.StartAsync(account.Connection);
        OptimizedMessage first = await account.WaitForEndAsync();
        // And one that answered and died before it deleted the message, this.
        await account.SendAsync(job.Message);
        OptimizedMessage second = await account.WaitForEndAsync(2);

        Assert.All([first, second], end => Assert.True(end is { Kind: OptimizedKind.Completed, Reused: true } && end.Result!.Grade.Hash == job.Grade));
        Assert.Equal(first.Result!.Figures.Loss, second.Result!.Figures.Loss);
        Assert.DoesNotContain(account.Answers, answer => answer.Kind == OptimizedKind.Progress);
        await account.AssertDoneAsync();
    }

    [Fact]
    public async Task What_the_user_can_mend_is_answered_at_once()
    {
        (TestAccount account, SmallJob job) = await CreateAsync();
        await account.Storage.Artifacts.DeleteAsync(job.Message.Request.Laplacian.Name, Cancellation);
        await account.SendAsync(job.Message);
        await using RunningWorker worker = await RunningWorker.StartAsync(account.Connection, ("PhotoStyle:RetrySeconds", "3600"));

        OptimizedMessage end = await account.WaitForEndAsync();

        Assert.Equal((OptimizedKind.Failed, "input-missing"), (end.Kind, end.Error!.Code));
        Assert.Contains(job.Message.Request.Laplacian.Name, end.Error.Message, StringComparison.Ordinal);
        await account.AssertDoneAsync();
        Assert.Empty(await account.PoisonAsync());
    }

    [Fact]
    public async Task A_message_that_fails_five_times_is_poison_and_its_job_hears_why()
    {
        (TestAccount account, SmallJob job) = await CreateAsync();
        await account.Storage.Artifacts.WriteAsync(job.Message.Request.Match.Name, new MemoryStream("not what a step writes"u8.ToArray()), Cancellation);
        await account.SendAsync(job.Message);
        await using RunningWorker worker = await RunningWorker.StartAsync(account.Connection);

        OptimizedMessage end = await account.WaitForEndAsync();

        Assert.Equal((job.Request.Id, OptimizedKind.Failed, "worker-failed"), (end.Id, end.Kind, end.Error!.Code));
        Assert.Contains("JsonException", end.Error.Message, StringComparison.Ordinal);
        await account.AssertDoneAsync();
        PoisonMessage poison = Assert.Single(await account.PoisonAsync());
        Assert.Equal((end.Error, (long)QueueNames.MostTries), (poison.Error, poison.Tries));
        Assert.Equal(job.Message, MessageJson.ReadOptimize(poison.Message));
    }

    [Fact]
    public async Task A_message_whose_workers_die_without_getting_on_is_poison_after_five_of_them()
    {
        (TestAccount account, SmallJob job) = await CreateAsync();
        await account.SendAsync(job.Message);
        for (int tries = 0; tries < QueueNames.MostTries; tries++) await TakeAndDieAsync(account);
        await using RunningWorker worker = await RunningWorker.StartAsync(account.Connection);

        OptimizedMessage end = await account.WaitForEndAsync();

        Assert.Equal("worker-failed", end.Error?.Code);
        Assert.Contains("died without a word", end.Error!.Message, StringComparison.Ordinal);
        Assert.Null(await job.ReadGradeAsync(account.Storage));
        await account.AssertDoneAsync();
        Assert.Single(await account.PoisonAsync());
    }

    [Fact]
    public async Task A_message_that_has_a_try_left_is_done()
    {
        (TestAccount account, SmallJob job) = await CreateAsync();
        await account.SendAsync(job.Message);
        for (int tries = 1; tries < QueueNames.MostTries; tries++) await TakeAndDieAsync(account);
        await using RunningWorker worker = await RunningWorker.StartAsync(account.Connection);

        Assert.Equal(OptimizedKind.Completed, (await account.WaitForEndAsync()).Kind);
        await account.AssertDoneAsync();
    }

    [Fact]
    public async Task What_can_not_be_read_is_poison_at_once_and_does_not_hold_up_what_comes_behind()
    {
        (TestAccount account, SmallJob job) = await CreateAsync();
        OptimizeMessage message = job.Message;
        string[] texts =
        [
            "", "null", "{}", "not json", MessageJson.Write(message with { Version = 2 }),
            MessageJson.Write(message with { Id = "../../styles" }),
            MessageJson.Write(message with { Request = message.Request with { Encoder = "/etc/weights.safetensors" } }),
            MessageJson.Write(message with { Request = message.Request with { Match = message.Request.Match with { Step = "../jobs" } } }),
            MessageJson.Write(message with { Request = message.Request with { Content = message.Request.Content with { Hash = "abc" } } }),
            new('x', 40_000),
        ];
        foreach (string text in texts) await account.Queues.Optimize.SendMessageAsync(text, Cancellation);
        var plain = new QueueClient(account.Connection, QueueNames.Optimize, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_05_05));
        await plain.SendMessageAsync("never base64!", Cancellation);
        await plain.SendMessageAsync(new string('ä', 30_000), Cancellation);
        await account.SendAsync(message);
        await using RunningWorker worker = await RunningWorker.StartAsync(account.Connection);

        Assert.Equal(OptimizedKind.Completed, (await account.WaitForEndAsync()).Kind);

        await account.AssertDoneAsync();
        IReadOnlyList<PoisonMessage> poison = await account.PoisonAsync();
        Assert.Equal(texts.Length + 2, poison.Count);
        Assert.All(poison, p => Assert.Equal(("job-invalid", 1L), (p.Error.Code, p.Tries)));
        Assert.Contains(poison, p => p.Message == "never base64!");
        Assert.Single(account.Ends);
    }

    [Fact]
    public async Task A_job_that_was_cancelled_before_is_not_begun()
    {
        (TestAccount account, SmallJob job) = await CreateAsync();
        await new JobRegistry(account.Storage.Jobs).CancelAsync(job.Request.Id, Cancellation);
        await account.SendAsync(job.Message);
        await using RunningWorker worker = await RunningWorker.StartAsync(account.Connection);

        Assert.Equal(TransferError.OfCancellation(), (await account.WaitForEndAsync()).Error);
        await account.AssertDoneAsync();
        Assert.Null(await job.ReadGradeAsync(account.Storage));
    }

    [Fact]
    public async Task A_job_that_is_cancelled_while_it_is_worked_on_stops()
    {
        (TestAccount account, SmallJob job) = await CreateAsync(iterations: 100_000);
        await account.SendAsync(job.Message);
        await using RunningWorker worker = await RunningWorker.StartAsync(account.Connection, ("PhotoStyle:VisibilitySeconds", "3"));
        await account.WaitForAsync(answer => answer.Kind == OptimizedKind.Progress);

        await new JobRegistry(account.Storage.Jobs).CancelAsync(job.Request.Id, Cancellation);

        Assert.Equal(TransferError.OfCancellation(), (await account.WaitForEndAsync()).Error);
        await TestAccount.UntilAsync(async () => await TestAccount.CountAsync(account.Queues.Optimize) == 0);
        Assert.Null(await job.ReadGradeAsync(account.Storage));
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_no_reason_to_fail()
    {
        (TestAccount account, SmallJob job) = await CreateAsync();
        await account.Storage.Checkpoints.WriteAsync(job.Grade, new MemoryStream(new byte[1000]), Cancellation);
        await account.SendAsync(job.Message);
        await using RunningWorker worker = await RunningWorker.StartAsync(account.Connection);

        Assert.Equal(OptimizedKind.Completed, (await account.WaitForEndAsync()).Kind);
        Assert.Equal(await SmallJob.SolveUndisturbedAsync(Iterations), await job.ReadGradeAsync(account.Storage));
        await account.AssertDoneAsync();
    }

    [Fact]
    public async Task A_worker_whose_message_was_taken_from_it_lets_go_of_the_job()
    {
        (TestAccount account, SmallJob job) = await CreateAsync(iterations: 100_000);
        await account.SendAsync(job.Message);
        await using RunningWorker worker = await RunningWorker.StartAsync(account.Connection, ("PhotoStyle:VisibilitySeconds", "3"));
        await account.WaitForAsync(answer => answer.Kind == OptimizedKind.Progress);

        await account.Queues.Optimize.ClearMessagesAsync(Cancellation);

        await TestAccount.UntilAsync(async () =>
        {
            int before = account.Answers.Count;
            await Task.Delay(1000, Cancellation);
            await account.ReceiveAsync();
            return account.Answers.Count == before;
        });
        Assert.Empty(account.Ends);
        Assert.Contains(job.Grade, await TestAccount.NamesAsync(account.Storage.Checkpoints));
    }

    private static async Task SolveAsync(TestAccount account, SmallJob job)
    {
        using var steps = new PipelineSteps(account.Storage);
        Assert.Null((await steps.OptimiseAsync(job.Message.Request, null, null, Cancellation)).Error);
    }

    /// <summary>What the queue sees of a worker that takes a message and is killed.</summary>
    private static async Task TakeAndDieAsync(TestAccount account)
    {
        QueueMessage message = (await account.Queues.Optimize.ReceiveMessageAsync(cancellationToken: Cancellation)).Value;
        await account.Queues.Optimize.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: Cancellation);
    }

    private async Task<(TestAccount Account, SmallJob Job)> CreateAsync(int iterations = Iterations)
    {
        TestAccount account = await TestAccount.CreateAsync(azurite);
        return (account, await SmallJob.CreateAsync(account.Storage, iterations));
    }
}
