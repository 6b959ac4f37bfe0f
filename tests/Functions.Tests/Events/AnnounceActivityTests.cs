using System.Net;
using System.Text.Json;
using Azure;
using Azure.Core.Pipeline;
using Azure.Messaging;
using Azure.Messaging.EventGrid;
using PhotoStyle.Functions.Events;
using PhotoStyle.Functions.Tests.Orchestration;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Tests.Events;

public sealed class AnnounceActivityTests
{
    [Fact]
    public void A_result_is_announced_with_its_blob()
    {
        CloudEvent announced = Of(new JobOutcome(JobSamples.Result, null));

        Assert.Equal(("PhotoStyle.TransferCompleted", "/photostyle", $"transfers/{JobSamples.Request.Id}"), (announced.Type, announced.Source, announced.Subject));
        using JsonDocument data = JsonDocument.Parse(announced.Data);
        Assert.Equal("completed", data.RootElement.GetProperty("state").GetString());
        Assert.Equal("results/dusk/city/output.jpg", data.RootElement.GetProperty("output").GetString());
    }

    [Theory]
    [InlineData("image-truncated", "PhotoStyle.TransferFailed", "failed")]
    [InlineData(TransferError.Cancelled, "PhotoStyle.TransferCancelled", "cancelled")]
    public void A_failure_is_announced_with_its_reason(string code, string type, string state)
    {
        CloudEvent announced = Of(new JobOutcome(null, new TransferError(code, "So it is.")));

        Assert.Equal(type, announced.Type);
        using JsonDocument data = JsonDocument.Parse(announced.Data);
        Assert.Equal((state, code), (data.RootElement.GetProperty("state").GetString(), data.RootElement.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public void A_second_try_sends_the_same_event() =>
        Assert.Equal(Of(new JobOutcome(JobSamples.Result, null)).Id, Of(new JobOutcome(JobSamples.Result, null)).Id);

    [Fact]
    public async Task Without_a_topic_nobody_is_told() =>
        await new AnnounceActivity().Announce(new Announcement("job", "id", new JobOutcome(JobSamples.Result, null)), TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_topic_gets_the_event_as_a_CloudEvent()
    {
        using var topic = new Topic();
        using var transport = new HttpClientTransport(topic);
        var client = new EventGridPublisherClient(
            new Uri("https://topic.example.com/api/events"), new AzureKeyCredential("none"), new EventGridPublisherClientOptions { Transport = transport });

        await new AnnounceActivity(client).Announce(
            new Announcement(JobSamples.Request.Job, JobSamples.Request.Id, new JobOutcome(JobSamples.Result, null)), TestContext.Current.CancellationToken);

        Assert.StartsWith("application/cloudevents-batch+json", topic.ContentType, StringComparison.Ordinal);
        using JsonDocument body = JsonDocument.Parse(topic.Body!);
        JsonElement sent = Assert.Single(body.RootElement.EnumerateArray());
        Assert.Equal(
            ("1.0", "PhotoStyle.TransferCompleted", JobSamples.Request.Id),
            (sent.GetProperty("specversion").GetString(), sent.GetProperty("type").GetString(), sent.GetProperty("data").GetProperty("id").GetString()));
    }

    private static CloudEvent Of(JobOutcome outcome) => AnnounceActivity.EventOf(new Announcement(JobSamples.Request.Job, JobSamples.Request.Id, outcome));

    /// <summary>A topic that takes everything.</summary>
    private sealed class Topic : HttpMessageHandler
    {
        public string? ContentType { get; private set; }

        public string? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            ContentType = request.Content!.Headers.ContentType!.ToString();
            Body = await request.Content.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}
