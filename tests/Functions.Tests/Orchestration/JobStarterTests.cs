using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using PhotoStyle.Functions.Orchestration;
using PhotoStyle.Functions.Settings;
using PhotoStyle.Functions.Tests.Durable;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Testing;

namespace PhotoStyle.Functions.Tests.Orchestration;

public sealed class JobStarterTests(AzuriteFixture azurite) : IDisposable
{
    private readonly FakeClient _client = new();
    private readonly TestStorage _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_job_starts_under_the_id_of_its_request()
    {
        Assert.True(await StartAsync());

        var started = Assert.Single(_client.Started);
        Assert.Equal((nameof(TransferOrchestrator), JobSamples.Request.Id), (started.Name.Name, started.Options!.InstanceId));
        Assert.Equal(JobSamples.Start, started.Input);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Suspended)]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    public async Task A_second_start_of_a_job_that_is_there_or_done_starts_nothing(OrchestrationRuntimeStatus status)
    {
        Exists(status);

        Assert.False(await StartAsync());
        Assert.Empty(_client.Started);
    }

    [Fact]
    public async Task Of_starts_that_come_together_to_several_replicas_one_starts_the_job()
    {
        _client.WritesLate = true;
        string account = await azurite.NewAccountAsync();
        await PipelineStorage.InAccount(account).CreateAsync(TestContext.Current.CancellationToken);
        JobStarter[] replicas = [.. Enumerable.Range(0, 2).Select(_ => Starter(Settings(), PipelineStorage.InAccount(account)))];

        bool[] started = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => replicas[i % 2].StartAsync(_client, JobSamples.Request, TestContext.Current.CancellationToken)));

        Assert.Single(started, first => first);
        Assert.Single(_client.Started);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task A_job_whose_orchestration_came_to_harm_may_start_anew(OrchestrationRuntimeStatus status)
    {
        Exists(status);

        Assert.True(await StartAsync());
    }

    [Fact]
    public async Task What_the_settings_say_is_fixed_at_the_start()
    {
        await StartAsync(Settings() with { Optimizer = Optimizer.InProcess, CompletionTopic = new Uri("https://topic.example.com/api/events") });

        Assert.Equal(JobSamples.Start with { InProcess = true, Announce = true }, Assert.Single(_client.Started).Input);
    }

    private static AppSettings Settings() => new() { Blobs = "UseDevelopmentStorage=true", Queues = "UseDevelopmentStorage=true" };

    private static JobStarter Starter(AppSettings settings, PipelineStorage storage) => new(settings, new JobRegistry(storage.Jobs), NullLogger<JobStarter>.Instance);

    private Task<bool> StartAsync(AppSettings? settings = null) =>
        Starter(settings ?? Settings(), _files.Storage).StartAsync(_client, JobSamples.Request, TestContext.Current.CancellationToken);

    private void Exists(OrchestrationRuntimeStatus status) =>
        _client.Instances[JobSamples.Request.Id] = new OrchestrationMetadata(nameof(TransferOrchestrator), JobSamples.Request.Id) { RuntimeStatus = status };
}
