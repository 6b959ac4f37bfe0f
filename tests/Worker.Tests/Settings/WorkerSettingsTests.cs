using Microsoft.Extensions.Configuration;
using PhotoStyle.Features;
using PhotoStyle.Worker.Settings;

namespace PhotoStyle.Worker.Tests.Settings;

public sealed class WorkerSettingsTests
{
    [Fact]
    public void A_connection_string_is_enough()
    {
        WorkerSettings settings = Read(("PhotoStyleStorage", "UseDevelopmentStorage=true"));

        Assert.Equal(("UseDevelopmentStorage=true", "UseDevelopmentStorage=true", false), (settings.Blobs, settings.Queues, settings.UsesIdentity));
        Assert.True(settings.Checkpoint * 2 < TimeSpan.FromSeconds(10), "Ten seconds of work may be lost, and an upload may take as long as an interval.");
    }

    [Theory]
    [InlineData("https://a.blob.core.windows.net", "https://a.queue.core.windows.net", null)]
    [InlineData(null, null, "a")]
    public void An_identity_needs_addresses_or_the_name_of_the_account(string? blobs, string? queues, string? account)
    {
        WorkerSettings settings = Read(("PhotoStyleStorage:blobServiceUri", blobs), ("PhotoStyleStorage:queueServiceUri", queues), ("PhotoStyleStorage:accountName", account));

        Assert.Equal(("https://a.blob.core.windows.net", "https://a.queue.core.windows.net", true), (settings.Blobs, settings.Queues, settings.UsesIdentity));
    }

    [Theory]
    [InlineData(null, ComputeDevice.Auto)]
    [InlineData("cuda", ComputeDevice.Cuda)]
    public void The_device_is_a_word(string? value, ComputeDevice device) => Assert.Equal(device, Read(("PhotoStyleStorage", "x"), ("PhotoStyle:Device", value)).Device);

    [Fact]
    public void Times_are_seconds()
    {
        WorkerSettings settings = Read(
            ("PhotoStyleStorage", "x"), ("PhotoStyle:CheckpointSeconds", "2.5"), ("PhotoStyle:VisibilitySeconds", "30"), ("PhotoStyle:ProgressSeconds", "1"),
            ("PhotoStyle:RetrySeconds", "0"), ("PhotoStyle:IdleSeconds", "0.5"), ("PhotoStyle:StallSeconds", "600"), ("PhotoStyle:StopSeconds", "28"));

        Assert.Equal([2.5, 30, 1, 0, 0.5, 600, 28], new[] { settings.Checkpoint, settings.Visibility, settings.Progress, settings.Retry, settings.Idle, settings.Stall, settings.Stop }.Select(time => time.TotalSeconds));
    }

    [Theory]
    [InlineData("CheckpointSeconds", "11")]
    [InlineData("CheckpointSeconds", "-1")]
    [InlineData("VisibilitySeconds", "0")]
    [InlineData("ProgressSeconds", "often")]
    [InlineData("IdleSeconds", "NaN")]
    [InlineData("StallSeconds", "1e9")]
    [InlineData("Device", "gpu")]
    public void A_value_that_makes_no_sense_is_refused(string name, string value)
    {
        PhotoStyleException error = Assert.Throws<PhotoStyleException>(() => Read(("PhotoStyleStorage", "x"), ($"PhotoStyle:{name}", value)));

        Assert.Equal(ErrorCode.OptionInvalid, error.Code);
        Assert.Contains($"PhotoStyle__{name}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_storage_there_is_nothing_to_do() =>
        Assert.Equal(ErrorCode.OptionInvalid, Assert.Throws<PhotoStyleException>(() => Read(("PhotoStyleStorage:blobServiceUri", "https://a.blob.core.windows.net"))).Code);

    private static WorkerSettings Read(params (string Name, string? Value)[] values) => WorkerSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Name, value.Value))).Build());
}
