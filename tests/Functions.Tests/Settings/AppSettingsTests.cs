using System.Text.Json;
using Microsoft.Extensions.Configuration;
using PhotoStyle.Features;
using PhotoStyle.Functions.Settings;

namespace PhotoStyle.Functions.Tests.Settings;

public sealed class AppSettingsTests
{
    [Fact]
    public void A_connection_string_is_for_all_services()
    {
        AppSettings settings = Read(("PhotoStyleStorage", "UseDevelopmentStorage=true"));

        Assert.Equal(("UseDevelopmentStorage=true", "UseDevelopmentStorage=true"), (settings.Blobs, settings.Queues));
        Assert.Equal((Optimizer.Queue, (Uri?)null), (settings.Optimizer, settings.CompletionTopic));
        Assert.Empty(settings.Sources.AllowedHosts);
    }

    [Fact]
    public void With_an_identity_each_service_has_an_address()
    {
        AppSettings settings = Read(
            ("PhotoStyleStorage:blobServiceUri", "https://a.blob.core.windows.net/"), ("PhotoStyleStorage:queueServiceUri", "https://a.queue.core.windows.net/"));

        Assert.Equal(("https://a.blob.core.windows.net/", "https://a.queue.core.windows.net/"), (settings.Blobs, settings.Queues));
    }

    [Fact]
    public void The_name_of_an_account_is_enough()
    {
        AppSettings settings = Read(("PhotoStyleStorage:accountName", "a"));

        Assert.Equal(("https://a.blob.core.windows.net", "https://a.queue.core.windows.net"), (settings.Blobs, settings.Queues));
    }

    [Fact]
    public void What_is_set_is_read()
    {
        AppSettings settings = Read(
            ("PhotoStyleStorage", "x"),
            ("PhotoStyle:Optimizer", "inProcess"),
            ("PhotoStyle:Device", "cuda"),
            ("PhotoStyle:CompletionTopic", "https://topic.example.com/api/events"),
            ("PhotoStyle:PublicUrl", "https://photos.example.com"),
            ("PhotoStyle:AllowedHosts:0", "a.example.com"),
            ("PhotoStyle:AllowedHosts:1", "*.example.net"));

        Assert.Equal((Optimizer.InProcess, ComputeDevice.Cuda), (settings.Optimizer, settings.Device));
        Assert.Equal(new Uri("https://topic.example.com/api/events"), settings.CompletionTopic);
        Assert.Equal(new Uri("https://photos.example.com"), settings.PublicUrl);
        Assert.Equal(["a.example.com", "*.example.net"], settings.Sources.AllowedHosts);
    }

    [Theory]
    [InlineData("PhotoStyleStorage", "", "PhotoStyleStorage")]
    [InlineData("PhotoStyle:Optimizer", "gpu", "Optimizer")]
    [InlineData("PhotoStyle:Optimizer", "7", "Optimizer")]
    [InlineData("PhotoStyle:Optimizer", "1", "Optimizer")]
    [InlineData("PhotoStyle:Optimizer", "Queue,InProcess", "Optimizer")]
    [InlineData("PhotoStyle:Device", "gpu", "Device")]
    [InlineData("PhotoStyle:CompletionTopic", "http://topic.example.com", "CompletionTopic")]
    [InlineData("PhotoStyle:PublicUrl", "photos", "PublicUrl")]
    public void A_wrong_setting_is_named_and_stops_the_app(string name, string value, string named)
    {
        var e = Assert.Throws<PhotoStyleException>(() => Read(("PhotoStyleStorage", name == "PhotoStyleStorage" ? "" : "x"), (name, value)));

        Assert.Equal(ErrorCode.OptionInvalid, e.Code);
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_of_local_settings_is_complete_and_holds_no_secret()
    {
        using JsonDocument sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json")));
        var values = sample.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);

        AppSettings settings = Read([.. values.Select(value => (value.Key.Replace("__", ":", StringComparison.Ordinal), value.Value))]);

        Assert.Equal(Optimizer.InProcess, settings.Optimizer);
        Assert.Equal("dotnet-isolated", values["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.Equal("UseDevelopmentStorage=true", values["AzureWebJobsStorage"]);
        Assert.All(values.Values, value => Assert.DoesNotContain("AccountKey", value, StringComparison.OrdinalIgnoreCase));
        // The emulator sends no events: there it polls.
        Assert.Equal(("true", "true"), (values["AzureWebJobs.UploadArrived.Disabled"], values["AzureWebJobs.StyleArrived.Disabled"]));
        Assert.Equal(("false", "false"), (values["AzureWebJobs.UploadPolled.Disabled"], values["AzureWebJobs.StylePolled.Disabled"]));
    }

    [Fact]
    public void The_host_file_lies_beside_the_app_and_names_the_hub()
    {
        using JsonDocument host = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));

        JsonElement durable = host.RootElement.GetProperty("extensions").GetProperty("durableTask");
        Assert.Equal(("2.0", "PhotoStyle", "AzureWebJobsStorage"), (
            host.RootElement.GetProperty("version").GetString(), durable.GetProperty("hubName").GetString(), durable.GetProperty("storageProvider").GetProperty("connectionName").GetString()));
        Assert.Equal("base64", host.RootElement.GetProperty("extensions").GetProperty("queues").GetProperty("messageEncoding").GetString());
    }

    private static AppSettings Read(params (string Name, string Value)[] values) =>
        AppSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create<string, string?>(value.Name, value.Value)).DistinctBy(value => value.Key)).Build());
}
