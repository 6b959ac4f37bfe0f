using System.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging.Abstractions;
using PhotoStyle.Functions.Drops;
using PhotoStyle.Functions.Inspection;
using PhotoStyle.Functions.Orchestration;
using PhotoStyle.Functions.Settings;
using PhotoStyle.Functions.Tests.Durable;
using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Testing;

namespace PhotoStyle.Functions.Tests.Orchestration;

/// <summary>From a drop to its result with everything real but the host: storage, queues, activities, engine.</summary>
public sealed class WholeWayTests(AzuriteFixture azurite)
{
    private static readonly byte[] s_fast = """{ "options": { "size": 64, "iterations": 3 } }"""u8.ToArray();

    private readonly FakeClient _client = new();
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Optimizer.Queue)]
    [InlineData(Optimizer.InProcess)]
    public async Task A_drop_ends_in_a_result(Optimizer optimizer)
    {
        string connection = await azurite.NewAccountAsync();
        var settings = new AppSettings { Blobs = connection, Queues = connection, Optimizer = optimizer };
        var storage = PipelineStorage.InAccount(connection);
        var queues = new PipelineQueues(connection);
        await new StorageSetup(settings, storage, queues).RunAsync(_cancel);
        using var steps = new PipelineSteps(storage);
        var door = new DropDoor(new DropResolver(storage), new UploadInspector(ImageLimits.Default), new JobStarter(settings, NullLogger<JobStarter>.Instance), steps);
        await TestStorage.PutAsync(storage.Styles, "dusk.json", s_fast);
        await TestStorage.PutAsync(storage.Styles, "dusk.tif", TestStorage.Photo(".tif", 90, 70));
        await TestStorage.PutAsync(storage.Uploads, "dusk/city.png", TestStorage.Photo(".png", 100, 80));
        await door.OpenAsync("uploads", "dusk/city.png", _client, _cancel);

        var start = (JobStart)Assert.Single(_client.Started).Input!;
        var run = new OrchestrationRun<JobOutcome>(
            start.Request.Id, context => TransferOrchestrator.RunAsync(context, ReplayContext.FromJson<JobStart>(ReplayContext.ToJson(start))!));
        var activities = new Activities(_client, new StepActivities(steps), new OptimiseActivities(steps, queues));
        int workers = 0;
        while (!run.IsDone)
        {
            foreach (PendingCall call in run.Calls.Where(call => !call.IsDone).ToList())
            {
                if (call.Name == PendingCall.Timer)
                {
                    workers++;
                    await WorkAsync(steps, connection);
                    foreach (var (_, name, payload) in _client.Raised) run.Raise(name, payload!);
                }
                else
                {
                    run.Complete(call.Name, await activities.RunAsync(call, _cancel));
                }

                if (run.IsDone) break;
            }
        }

        Assert.Null(run.Result.Error);
        Assert.Equal(optimizer == Optimizer.Queue ? 1 : 0, workers);
        string folder = $"{start.Request.Job}/";
        using (Photo result = PhotoReader.Read((await storage.Results.ReadAsync(folder + run.Result.Result!.Output, _cancel))!, "result"))
            Assert.Equal((100, 80), (result.Width, result.Height));
        Assert.NotNull(await storage.Results.FindAsync(folder + "result.json", _cancel));
        Assert.Null(await storage.Results.FindAsync(folder + "error.json", _cancel));

        // The same events again.
        await door.OpenAsync("uploads", "dusk/city.png", _client, _cancel);
        await door.OpenAsync("styles", "dusk.tif", _client, _cancel);
        Assert.Single(_client.Started);
    }

    /// <summary>A worker that reads and writes queues as bytes, to see what is in them.</summary>
    private async Task WorkAsync(PipelineSteps steps, string connection)
    {
        QueueClientOptions plain = new(QueueClientOptions.ServiceVersion.V2025_05_05);
        var optimize = new QueueClient(connection, "optimize", plain);
        QueueMessage message = await optimize.ReceiveMessageAsync(cancellationToken: _cancel);
        OptimizeMessage asked = MessageJson.ReadOptimize(FromBase64(message.Body.ToString()));
        StepOutcome<OptimiseResult> outcome = await steps.OptimiseAsync(asked.Request, null, null, _cancel);
        var queues = new PipelineQueues(connection);
        await queues.Optimized.SendMessageAsync(MessageJson.Write(OptimizedMessage.Of(asked, outcome)), _cancel);
        // What the host's trigger does with it.
        QueueMessage answer = await new QueueClient(connection, "optimized", plain).ReceiveMessageAsync(cancellationToken: _cancel);
        await new OptimisedReply(NullLogger<OptimisedReply>.Instance).RunAsync(FromBase64(answer.Body.ToString()), _client, _cancel);
    }

    private static string FromBase64(string body) => Encoding.UTF8.GetString(Convert.FromBase64String(body));
}
