using System.Text.Json;
using Azure.Messaging;
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

    private static CloudEvent Of(JobOutcome outcome) => AnnounceActivity.EventOf(new Announcement(JobSamples.Request.Job, JobSamples.Request.Id, outcome));
}
