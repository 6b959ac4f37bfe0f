using Azure.Storage.Queues.Models;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Testing;

namespace PhotoStyle.Worker.Tests;

public sealed class StoppedWorkerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_worker_that_is_asked_to_stop_hands_its_job_back_with_all_that_was_done_and_sends_what_it_has_to_tell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        const int iterations = 100;
        TestAccount account = await TestAccount.CreateAsync(azurite);
        SmallJob job = await SmallJob.CreateAsync(account.Storage, iterations);
        await account.SendAsync(job.Message);
        await using TelemetryCollector collector = await TelemetryCollector.StartAsync();

        // Nobody else would see the message for an hour; and no checkpoint but that of the end is written.
        await using WorkerProcess worker = WorkerProcess.Start(
            account.Connection,
            ("PhotoStyle__VisibilitySeconds", "3600"), ("PhotoStyle__CheckpointSeconds", "10"), ("PhotoStyle__StopSeconds", "300"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        OptimizedMessage told = await account.WaitForAsync(answer => answer.Progress is { Iteration: > 2 });
        Assert.Equal(0, await worker.TerminateAsync());

        Assert.Contains("is handed back", worker.Output, StringComparison.Ordinal);
        Assert.Contains(job.Grade, await TestAccount.NamesAsync(account.Storage.Checkpoints));
        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], collector.Paths);
        foreach (string name in new[] { "optimize message", "HandedBack", job.Message.Id, "photostyle.worker.iterations", "photostyle.worker.messages", "photostyle-worker", "handed back" })
            Assert.Contains(name, collector.Received, StringComparison.Ordinal);

        QueueMessage? message = (await account.Queues.Optimize.ReceiveMessageAsync(cancellationToken: TestContext.Current.CancellationToken)).Value;
        Assert.NotNull(message);
        await account.Queues.Optimize.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: TestContext.Current.CancellationToken);
        await account.ReceiveAsync();
        int reached = account.Answers.Max(answer => answer.Progress!.Iteration), before = account.Answers.Count;
        await using RunningWorker next = await RunningWorker.StartAsync(account.Connection);
        await account.WaitForEndAsync();
        Assert.True(account.Answers[before].Progress!.Iteration > reached);
        Assert.Equal(await SmallJob.SolveUndisturbedAsync(iterations), await job.ReadGradeAsync(account.Storage));
        await account.AssertDoneAsync();
        Assert.Equal(told.Grade, job.Grade);
    }

    [Fact]
    public async Task A_second_worker_on_one_port_says_in_one_sentence_what_to_do()
    {
        TestAccount account = await TestAccount.CreateAsync(azurite);
        await using WorkerProcess first = WorkerProcess.Start(account.Connection);
        string address = (await first.Address).ToString().TrimEnd('/');

        await using WorkerProcess second = WorkerProcess.Start(account.Connection, ("ASPNETCORE_URLS", address));

        Assert.Equal(2, await second.ExitAsync());
        string told = Assert.Single(second.Output.Split('\n'), line => line.StartsWith("option-invalid: ", StringComparison.Ordinal));
        Assert.Contains("ASPNETCORE_HTTP_PORTS", told, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_without_the_gpu_that_it_should_have_takes_no_message()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "There is a GPU.");
        TestAccount account = await TestAccount.CreateAsync(azurite);

        await using WorkerProcess worker = WorkerProcess.Start(account.Connection, ("PhotoStyle__Device", "cuda"));

        Assert.Equal(2, await worker.ExitAsync());
        Assert.StartsWith("platform-unsupported: The device cuda is asked for", worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_can_not_begin_says_in_one_sentence_why()
    {
        await using WorkerProcess worker = WorkerProcess.Start("");

        Assert.Equal(2, await worker.ExitAsync());
        Assert.StartsWith("option-invalid: The setting PhotoStyleStorage is missing", worker.Output, StringComparison.Ordinal);
    }
}
