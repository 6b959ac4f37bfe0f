using System.Text.Json;
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
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Functions.Tests.Drops;

public sealed class DropDoorTests : IDisposable
{
    private readonly TestStorage _files = new();
    private readonly FakeClient _client = new();
    private readonly PipelineSteps _steps;
    private AnnounceActivity _announcer = new();

    public DropDoorTests() => _steps = new PipelineSteps(_files.Storage);

    public void Dispose()
    {
        _steps.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task A_photo_and_its_style_start_a_job()
    {
        await DropAsync("styles", "dusk.jpg", TestStorage.Photo());
        await DropAsync("uploads", "dusk/city.png", TestStorage.Photo(".png"));

        var start = Assert.IsType<JobStart>(Assert.Single(_client.Started).Input);
        Assert.Equal(("dusk/city.png", "dusk.jpg"), (start.Request.Content.Name, start.Request.Style.Name));
    }

    [Fact]
    public async Task A_photo_waits_for_its_style()
    {
        await DropAsync("uploads", "dusk/city.jpg", TestStorage.Photo());
        Assert.Empty(_client.Started);
        await DropAsync("styles", "dusk.jpg", TestStorage.Photo());

        Assert.Single(_client.Started);
    }

    [Fact]
    public async Task The_same_event_again_starts_nothing()
    {
        await DropAsync("styles", "dusk.jpg", TestStorage.Photo());
        await DropAsync("uploads", "dusk/city.jpg", TestStorage.Photo());
        for (int i = 0; i < 3; i++) await OpenAsync("uploads", "dusk/city.jpg");
        await OpenAsync("styles", "dusk.jpg");

        Assert.Single(_client.Started);
    }

    [Fact]
    public async Task Two_hosts_that_get_the_same_event_start_one_job()
    {
        await TestStorage.PutAsync(_files.Storage.Styles, "dusk.jpg", TestStorage.Photo());
        await TestStorage.PutAsync(_files.Storage.Uploads, "dusk/city.jpg", TestStorage.Photo());

        await Task.WhenAll(OpenAsync("uploads", "dusk/city.jpg"), OpenAsync("uploads", "dusk/city.jpg"));

        Assert.Single(_client.Started);
    }

    [Fact]
    public async Task A_new_version_of_a_photo_is_a_new_job()
    {
        await DropAsync("styles", "dusk.jpg", TestStorage.Photo());
        await DropAsync("uploads", "dusk/city.jpg", TestStorage.Photo());
        await DropAsync("uploads", "dusk/city.jpg", TestStorage.Photo(width: 90));

        Assert.Equal(2, _client.Started.Select(started => started.Options!.InstanceId).Distinct().Count());
    }

    [Theory]
    [InlineData("GIF89a a film of a cat", "image-not-recognised")]
    [InlineData("", "image-truncated")]
    public async Task What_is_no_photo_leaves_an_error_where_the_result_would_be_and_starts_nothing(string content, string code)
    {
        await DropAsync("styles", "dusk.jpg", TestStorage.Photo());
        await DropAsync("uploads", "dusk/city.jpg", System.Text.Encoding.ASCII.GetBytes(content));

        Assert.Empty(_client.Started);
        var errors = new List<string>();
        await foreach (var entry in _files.Storage.Results.ListAsync(cancellation: TestContext.Current.CancellationToken)) errors.Add(entry.Name);
        string name = Assert.Single(errors);
        Assert.EndsWith("/error.json", name, StringComparison.Ordinal);
        Assert.Contains($"\"{code}\"", await TestStorage.TextAsync(_files.Storage.Results, name), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_is_told_to_the_topic_as_it_has_no_job_that_would()
    {
        await using ListeningTopic topic = await ListeningTopic.StartAsync();
        _announcer = topic.Announcer;

        await DropAsync("styles", "dusk.jpg", TestStorage.Photo());
        await DropAsync("uploads", "dusk/city.jpg", "GIF89a"u8.ToArray());

        using JsonDocument json = JsonDocument.Parse(Assert.Single(topic.Received).Body);
        JsonElement sent = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal("PhotoStyle.TransferFailed", sent.GetProperty("type").GetString());
        JsonElement data = sent.GetProperty("data");
        Assert.Equal(("dusk/city.jpg", "image-not-recognised"), (data.GetProperty("job").GetString(), data.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_topic_that_is_away_keeps_no_error_back()
    {
        ListeningTopic topic = await ListeningTopic.StartAsync();
        _announcer = topic.Announcer;
        await topic.DisposeAsync();

        await DropAsync("styles", "dusk.jpg", TestStorage.Photo());
        await DropAsync("uploads", "dusk/city.jpg", "GIF89a"u8.ToArray());

        Assert.NotNull(await TestStorage.TextAsync(_files.Storage.Results, "dusk/city.jpg/error.json"));
    }

    [Fact]
    public async Task A_job_file_that_can_not_be_read_leaves_an_error()
    {
        await TestStorage.PutAsync(_files.Storage.Uploads, "my-job/content.jpg", TestStorage.Photo());
        await TestStorage.PutAsync(_files.Storage.Uploads, "my-job/style.jpg", TestStorage.Photo());
        await DropAsync("uploads", "my-job/job.json", "{ \"unknown\": 1 }"u8.ToArray());

        Assert.Empty(_client.Started);
        Assert.NotNull(await TestStorage.TextAsync(_files.Storage.Results, "my-job/error.json"));
    }

    [Fact]
    public async Task A_start_that_fails_is_tried_again_with_the_next_event()
    {
        await TestStorage.PutAsync(_files.Storage.Styles, "dusk.jpg", TestStorage.Photo());
        await TestStorage.PutAsync(_files.Storage.Uploads, "dusk/city.jpg", TestStorage.Photo());
        _client.FailsToStart = true;
        await Assert.ThrowsAsync<IOException>(() => OpenAsync("uploads", "dusk/city.jpg"));
        _client.FailsToStart = false;

        await OpenAsync("uploads", "dusk/city.jpg");

        Assert.Single(_client.Started);
    }

    private async Task DropAsync(string container, string name, byte[] bytes)
    {
        await TestStorage.PutAsync(_files.Storage.Source(container), name, bytes);
        await OpenAsync(container, name);
    }

    private Task OpenAsync(string container, string name)
    {
        var settings = new AppSettings { Blobs = "", Queues = "" };
        var door = new DropDoor(
            new DropIntake(new DropResolver(_files.Storage), _steps),
            new UploadInspector(_files.Storage, ImageLimits.Default),
            new JobStarter(settings, new JobRegistry(_files.Storage.Jobs), NullLogger<JobStarter>.Instance),
            _announcer,
            NullLogger<DropDoor>.Instance);
        return door.OpenAsync(container, name, _client, TestContext.Current.CancellationToken);
    }
}
