using System.Text;
using System.Text.Json;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging.Abstractions;
using PhotoStyle.Functions.Drops;
using PhotoStyle.Functions.Events;
using PhotoStyle.Functions.Inspection;
using PhotoStyle.Functions.Orchestration;
using PhotoStyle.Functions.Settings;
using PhotoStyle.Functions.Tests.Durable;
using PhotoStyle.Functions.Tests.Events;
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
    private readonly FakeClient _client = new();
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Optimizer.Queue)]
    [InlineData(Optimizer.InProcess)]
    public async Task A_drop_ends_in_a_result(Optimizer optimizer)
    {
        using House house = await MakeAsync(optimizer, """{ "options": { "size": 64, "iterations": 3 } }""");
        OrchestrationRun<JobOutcome> run = house.Begin();
        int workers = 0;
        while (!run.IsDone)
        {
            PendingCall call = run.Calls.First(call => !call.IsDone);
            if (call.Name == PendingCall.Timer)
            {
                workers++;
                await WorkAsync(house);
                foreach (var (_, name, payload) in _client.Raised) run.Raise(name, payload!);
                continue;
            }

            // A checkpoint that can not be used is not in the way.
            if (call.Name == nameof(OptimiseActivities.OptimiseHere)) await house.Storage.Checkpoints.WriteAsync(TransferRun.Asked(run).Request.Grade().Hash, new MemoryStream([1, 2, 3]), _cancel);
            run.Complete(call.Name, await house.Activities.RunAsync(call, _cancel));
        }

        Assert.Null(run.Result.Error);
        Assert.Equal(optimizer == Optimizer.Queue ? 1 : 0, workers);
        string folder = $"{house.Start.Request.Job}/";
        using (Photo result = PhotoReader.Read((await house.Storage.Results.ReadAsync(folder + run.Result.Result!.Output, _cancel))!, "result"))
            Assert.Equal((100, 80), (result.Width, result.Height));
        Assert.NotNull(await house.Storage.Results.FindAsync(folder + "result.json", _cancel));
        Assert.Null(await house.Storage.Results.FindAsync(folder + "error.json", _cancel));
        Assert.Null(await house.Storage.Checkpoints.FindAsync(TransferRun.Asked(run).Request.Grade().Hash, _cancel));

        // The same events again.
        await house.Door.OpenAsync("uploads", "dusk/city.png", _client, _cancel);
        await house.Door.OpenAsync("styles", "dusk.tif", _client, _cancel);
        Assert.Single(_client.Started);
    }

    [Fact]
    public async Task A_grade_that_is_looked_for_here_tells_its_progress_and_can_be_cancelled()
    {
        using House house = await MakeAsync(Optimizer.InProcess, """{ "options": { "size": 96, "iterations": 100000 } }""");
        OrchestrationRun<JobOutcome> run = house.Begin();
        while (run.Calls.First(call => !call.IsDone) is var call && call.Name != nameof(OptimiseActivities.OptimiseHere))
            run.Complete(call.Name, await house.Activities.RunAsync(call, _cancel));

        Task<object?> optimise = house.Activities.RunAsync(run.Calls[^1], _cancel);
        while (_client.Raised.Count == 0) await Task.Delay(10, _cancel);
        await new JobRegistry(house.Storage.Jobs).CancelAsync(house.Start.Request.Id, _cancel);

        Assert.Equal(TransferError.Cancelled, Assert.IsType<StepOutcome<OptimiseResult>>(await optimise).Error!.Code);
        OptimizedMessage told = Assert.IsType<OptimizedMessage>(_client.Raised[0].Payload);
        Assert.Equal((OptimizedKind.Progress, 100_000), (told.Kind, told.Progress!.MostEvaluations));
        // Nobody wants what was solved so far.
        Assert.Null(await house.Storage.Checkpoints.FindAsync(TransferRun.Asked(run).Request.Grade().Hash, _cancel));
    }

    [Theory]
    [InlineData("dusk", "PhotoStyle.TransferCompleted", "completed")]
    [InlineData("gone", "PhotoStyle.TransferFailed", "failed")]
    public async Task The_end_of_a_job_reaches_the_topic(string what, string type, string state)
    {
        await using ListeningTopic topic = await ListeningTopic.StartAsync();
        using House house = await MakeAsync(Optimizer.InProcess, """{ "options": { "size": 64, "iterations": 3 } }""", topic);
        if (what == "gone") await house.Storage.Styles.DeleteAsync("dusk.tif", _cancel);
        OrchestrationRun<JobOutcome> run = house.Begin();
        while (!run.IsDone)
        {
            PendingCall call = run.Calls.First(call => !call.IsDone);
            Assert.Empty(topic.Received);
            run.Complete(call.Name, await house.Activities.RunAsync(call, _cancel));
        }

        (string contentType, string authorization, string body) = Assert.Single(topic.Received);
        Assert.StartsWith("application/cloudevents-batch+json", contentType, StringComparison.Ordinal);
        Assert.Equal("Bearer token-for-https://eventgrid.azure.net/.default", authorization);
        using JsonDocument json = JsonDocument.Parse(body);
        JsonElement sent = Assert.Single(json.RootElement.EnumerateArray()), data = sent.GetProperty("data");
        string id = house.Start.Request.Id;
        Assert.Equal(
            ("1.0", type, "/photostyle", $"transfers/{id}", id),
            (Text(sent, "specversion"), Text(sent, "type"), Text(sent, "source"), Text(sent, "subject"), Text(sent, "id")));
        Assert.Equal((id, "dusk/city.png", state), (Text(data, "id"), Text(data, "job"), Text(data, "state")));
        // What is told of is there.
        if (run.Result.Error is null) Assert.NotNull(await house.Storage.Results.FindAsync(Text(data, "output")["results/".Length..], _cancel));
        else Assert.Equal(("input-missing", run.Result.Error.Message), (Text(data.GetProperty("error"), "code"), Text(data.GetProperty("error"), "message")));
    }

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString()!;

    private async Task<House> MakeAsync(Optimizer optimizer, string options, ListeningTopic? topic = null)
    {
        string connection = await azurite.NewAccountAsync();
        var settings = new AppSettings { Blobs = connection, Queues = connection, Optimizer = optimizer, CompletionTopic = topic?.Address };
        var house = new House(connection, settings, _client, topic?.Announcer ?? new AnnounceActivity());
        await Task.WhenAll(house.Storage.CreateAsync(_cancel), new PipelineQueues(connection).CreateAsync(_cancel));
        await TestStorage.PutAsync(house.Storage.Styles, "dusk.json", Encoding.UTF8.GetBytes(options));
        await TestStorage.PutAsync(house.Storage.Styles, "dusk.tif", TestStorage.Photo(".tif", 90, 70));
        await TestStorage.PutAsync(house.Storage.Uploads, "dusk/city.png", TestStorage.Photo(".png", 100, 80));
        await house.Door.OpenAsync("uploads", "dusk/city.png", _client, _cancel);
        house.Start = (JobStart)Assert.Single(_client.Started).Input!;
        return house;
    }

    /// <summary>A worker that reads and writes queues as bytes, to see what is in them.</summary>
    private async Task WorkAsync(House house)
    {
        QueueClientOptions plain = new(QueueClientOptions.ServiceVersion.V2025_05_05);
        var optimize = new QueueClient(house.Connection, "optimize", plain);
        QueueMessage message = await optimize.ReceiveMessageAsync(cancellationToken: _cancel);
        OptimizeMessage asked = MessageJson.ReadOptimize(FromBase64(message.Body.ToString()));
        StepOutcome<OptimiseResult> outcome = await house.Steps.OptimiseAsync(asked.Request, null, null, _cancel);
        var queues = new PipelineQueues(house.Connection);
        await queues.Optimized.SendMessageAsync(MessageJson.Write(OptimizedMessage.Of(asked, outcome)), _cancel);
        // What the host's trigger does with it.
        QueueMessage answer = await new QueueClient(house.Connection, "optimized", plain).ReceiveMessageAsync(cancellationToken: _cancel);
        await new OptimisedReply(NullLogger<OptimisedReply>.Instance).RunAsync(FromBase64(answer.Body.ToString()), _client, _cancel);
    }

    private static string FromBase64(string body) => Encoding.UTF8.GetString(Convert.FromBase64String(body));

    /// <summary>The parts of the app on one account.</summary>
    private sealed class House : IDisposable
    {
        public House(string connection, AppSettings settings, FakeClient client, AnnounceActivity announcer)
        {
            Connection = connection;
            Storage = PipelineStorage.InAccount(connection);
            Steps = new PipelineSteps(Storage);
            Optimise = new InProcessOptimise(Steps, TimeSpan.FromMilliseconds(20));
            Door = new DropDoor(
                new DropIntake(new DropResolver(Storage), Steps),
                new UploadInspector(Storage, ImageLimits.Default),
                new JobStarter(settings, new JobRegistry(Storage.Jobs), NullLogger<JobStarter>.Instance),
                announcer,
                NullLogger<DropDoor>.Instance);
            Activities = new Activities(client, new StepActivities(Steps), new OptimiseActivities(Steps, new PipelineQueues(connection), Optimise), announcer);
        }

        public string Connection { get; }

        public PipelineStorage Storage { get; }

        public PipelineSteps Steps { get; }

        public InProcessOptimise Optimise { get; }

        public DropDoor Door { get; }

        public Activities Activities { get; }

        public JobStart Start { get; set; } = null!;

        public OrchestrationRun<JobOutcome> Begin() =>
            new(Start.Request.Id, context => TransferOrchestrator.RunAsync(context, ReplayContext.FromJson<JobStart>(ReplayContext.ToJson(Start))!));

        public void Dispose()
        {
            Optimise.Dispose();
            Steps.Dispose();
        }
    }
}
