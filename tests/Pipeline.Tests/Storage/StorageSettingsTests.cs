using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Tests.Storage;

public sealed class StorageSettingsTests
{
    [Theory]
    [InlineData("PhotoStyleStorage=UseDevelopmentStorage=true", "UseDevelopmentStorage=true", "UseDevelopmentStorage=true")]
    [InlineData("PhotoStyleStorage:blobServiceUri=https://a.example.com/;PhotoStyleStorage:queueServiceUri=https://b.example.com/", "https://a.example.com/", "https://b.example.com/")]
    [InlineData("PhotoStyleStorage:accountName=a", "https://a.blob.core.windows.net", "https://a.queue.core.windows.net")]
    [InlineData("PhotoStyleStorage=;PhotoStyleStorage:accountName=a", "https://a.blob.core.windows.net", "https://a.queue.core.windows.net")]
    public void A_connection_is_named_in_any_form_that_triggers_know(string settings, string blobs, string queues) =>
        Assert.Equal((blobs, queues), (StorageSettings.Connection(Read(settings), "blob"), StorageSettings.Connection(Read(settings), "queue")));

    [Theory]
    [InlineData("")]
    [InlineData("PhotoStyleStorage:blobServiceUri=https://a.example.com/")]
    public void A_connection_that_is_missing_is_named(string settings)
    {
        PhotoStyleException e = Assert.Throws<PhotoStyleException>(() => StorageSettings.Connection(Read(settings), "queue"));

        Assert.Equal(ErrorCode.OptionInvalid, e.Code);
        Assert.Contains("PhotoStyleStorage__queueServiceUri", e.Message, StringComparison.Ordinal);
    }

    private static Func<string, string?> Read(string settings) =>
        settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]).GetValueOrDefault;
}
