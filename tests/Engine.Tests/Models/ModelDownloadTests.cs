using System.Net;
using System.Security.Cryptography;
using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Models;

namespace PhotoStyle.Engine.Tests.Models;

[Collection(nameof(EnvironmentVariables))]
public sealed class ModelDownloadTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1_000_000).Select(i => (byte)(i * 7 + i / 1000))];

    private readonly TemporaryFolder _files = new();
    private readonly ModelServer _server = new(Content);
    private readonly HttpClient _client = new();
    private readonly ModelFolderSetting _setting;

    public ModelDownloadTests() => _setting = new ModelFolderSetting(_files["models"]);

    public void Dispose()
    {
        _setting.Dispose();
        _client.Dispose();
        _server.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData(true, 64)]
    [InlineData(false, 64)]
    [InlineData(false, 8)]
    public async Task A_model_arrives_whole_and_with_progress(bool lengthKnown, int digits)
    {
        KnownModel model = Model(Content.Length) with { Bytes = lengthKnown ? Content.Length : null };
        model = model with { Sha256 = model.Sha256[..digits] };
        var steps = new List<(long Done, long? All)>();

        string path = await new ModelDownload(_client).FetchAsync(model, (done, all) => steps.Add((done, all)), Stop);

        Assert.Equal(_files[Path.Combine("models", model.File)], path);
        Assert.Equal(Content, File.ReadAllBytes(path));
        Assert.Equal((Content.Length, Content.Length), steps[^1]);
        Assert.Equal(steps.OrderBy(s => s.Done), steps);
        Assert.Equal(ModelState.Intact, await ModelFile.VerifyAsync(model, Stop));
        Assert.Single(Directory.GetFiles(_files["models"]));
    }

    [Fact]
    public async Task After_a_break_it_goes_on_from_what_has_come()
    {
        KnownModel model = Model(Content.Length);
        _server.BreaksOffAfter = 400_000;
        PhotoStyleException broken = await Fails(model, ErrorCode.DownloadFailed);
        Assert.Contains("run the command again", broken.Message, StringComparison.Ordinal);
        Assert.Equal(ModelState.Partial, ModelFile.Look(model));
        long kept = new FileInfo(Directory.GetFiles(_files["models"]).Single()).Length;
        Assert.InRange(kept, 1, 400_000);

        _server.BreaksOffAfter = null;
        string path = await new ModelDownload(_client).FetchAsync(model, null, Stop);

        Assert.Equal([null, kept], _server.Asked);
        Assert.Equal(Content, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task A_server_without_ranges_begins_anew()
    {
        KnownModel model = Model(Content.Length);
        _server.BreaksOffAfter = 400_000;
        await Fails(model, ErrorCode.DownloadFailed);

        (_server.BreaksOffAfter, _server.HasRanges) = (null, false);

        Assert.Equal(Content, File.ReadAllBytes(await new ModelDownload(_client).FetchAsync(model, null, Stop)));
    }

    [Fact]
    public async Task Another_file_is_refused_and_not_kept()
    {
        KnownModel model = Model(Content.Length);
        _server.File = [.. Content.Reverse()];

        PhotoStyleException error = await Fails(model, ErrorCode.WeightsInvalid);

        Assert.Contains("SHA-256", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_files["models"]));
    }

    [Fact]
    public async Task A_longer_file_is_refused_before_it_is_fetched()
    {
        await Fails(Model(1000), ErrorCode.WeightsInvalid);

        Assert.Empty(Directory.GetFiles(_files["models"]));
    }

    [Fact]
    public async Task A_refusal_and_an_absent_server_are_told_with_what_to_do()
    {
        KnownModel model = Model(Content.Length);
        _server.Refuses = HttpStatusCode.NotFound;
        Assert.Contains("404", (await Fails(model, ErrorCode.DownloadFailed)).Message, StringComparison.Ordinal);
        _server.Dispose();

        PhotoStyleException offline = await Fails(model, ErrorCode.DownloadFailed);

        Assert.Contains("can not be reached", offline.Message, StringComparison.Ordinal);
        Assert.Contains("when you are online", offline.Message, StringComparison.Ordinal);
        Assert.Contains(_files["models"], offline.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_files["models"]));
    }

    [Fact]
    public async Task A_model_that_is_not_published_can_not_be_fetched() =>
        Assert.Contains("yourself", (await Fails(Model(5) with { Download = null }, ErrorCode.DownloadFailed)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Stopping_keeps_what_has_come()
    {
        KnownModel model = Model(Content.Length);
        using var source = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ModelDownload(_client).FetchAsync(model, (_, _) => source.Cancel(), source.Token));

        Assert.Equal(ModelState.Partial, ModelFile.Look(model));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private KnownModel Model(long bytes) => new(
        "test", ModelKind.Encoder, "", "model.safetensors", bytes, Convert.ToHexStringLower(SHA256.HashData(Content)), "none", "a test", _server.Address);

    private async Task<PhotoStyleException> Fails(KnownModel model, ErrorCode code)
    {
        PhotoStyleException error = await Assert.ThrowsAsync<PhotoStyleException>(() => new ModelDownload(_client).FetchAsync(model, null, Stop));
        Assert.Equal(code, error.Code);
        return error;
    }
}
