using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Sources;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Tests.Sources;

public sealed class SourceFinderTests : IDisposable
{
    private const string Address = "https://photos.example.com/a.jpg?sig=secret";

    private static readonly SourceRules s_rules = new() { AllowedHosts = ["photos.example.com"] };

    private readonly TemporaryFolder _folder = new();
    private readonly PipelineStorage _storage;

    public SourceFinderTests() => _storage = PipelineStorage.InFolder(_folder.Path);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("uploads")]
    [InlineData("styles")]
    public async Task A_blob_is_found_in_the_version_that_is_there_now(string container)
    {
        IBlobContainer source = _storage.Source(container);
        await source.WriteAsync("a/b.jpg", new MemoryStream([1]), Cancellation);
        using var fetcher = new SourceFetcher(s_rules);
        var finder = new SourceFinder(_storage, fetcher);

        BlobReference first = await finder.FindAsync($"{container}/a/b.jpg", Cancellation);
        await source.WriteAsync("a/b.jpg", new MemoryStream([1, 2]), Cancellation);
        BlobReference second = await finder.FindAsync($"{container}/a/b.jpg", Cancellation);

        Assert.Equal((container, "a/b.jpg"), (first.Container, first.Name));
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal((await source.FindAsync("a/b.jpg", Cancellation))!.ETag, second.ETag);
    }

    [Theory]
    [InlineData("uploads/none.jpg", ErrorCode.InputMissing)]
    [InlineData("fetched/a.jpg", ErrorCode.InputMissing)]
    [InlineData("results/a.jpg", ErrorCode.JobInvalid)]
    [InlineData("jobs/a.jpg", ErrorCode.JobInvalid)]
    [InlineData("uploads/../jobs/a.jpg", ErrorCode.NameInvalid)]
    [InlineData("uploads", ErrorCode.NameInvalid)]
    [InlineData("", ErrorCode.JobInvalid)]
    public async Task What_nobody_may_name_is_not_found_even_where_it_is(string blob, ErrorCode code)
    {
        foreach (IBlobContainer container in new[] { _storage.Fetched, _storage.Results, _storage.Jobs }) await container.WriteAsync("a.jpg", new MemoryStream([1]), Cancellation);
        using var fetcher = new SourceFetcher(s_rules);

        PhotoStyleException e = await Assert.ThrowsAsync<PhotoStyleException>(() => new SourceFinder(_storage, fetcher).FindAsync(blob, Cancellation));

        Assert.Equal(code, e.Code);
    }

    [Fact]
    public async Task The_same_photo_fetched_twice_is_one_blob_named_by_its_bytes()
    {
        byte[] photo = Pictures.Jpeg(1);
        using var server = new PhotoServer(SourceFetcherTests.Answer("200 OK", $"Content-Length: {photo.Length}", photo));
        using var fetcher = new SourceFetcher(s_rules, server.Handler());
        var finder = new SourceFinder(_storage, fetcher);

        BlobReference first = await finder.FetchAsync(Address, _ => PhotoFormat.Jpeg, Cancellation);
        BlobReference second = await finder.FetchAsync(Address, _ => PhotoFormat.Jpeg, Cancellation);

        Assert.Equal(first, second);
        Assert.Matches("^[0-9a-f]{64}\\.jpeg$", first.Name);
        Assert.Equal("fetched", first.Container);
        Assert.Equal(photo, await _storage.Fetched.ReadAsync(first.Name, Cancellation));
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task What_is_looked_at_and_is_no_photo_is_not_kept()
    {
        using var server = new PhotoServer(SourceFetcherTests.Answer("200 OK", "Content-Length: 3", [1, 2, 3]));
        using var fetcher = new SourceFetcher(s_rules, server.Handler());
        byte[]? seen = null;

        await Assert.ThrowsAsync<PhotoStyleException>(() => new SourceFinder(_storage, fetcher).FetchAsync(Address, Refuse, Cancellation));

        Assert.Equal([1, 2, 3], seen);
        Assert.Empty(await TestStorage.NamesAsync(_storage.Fetched));

        PhotoFormat Refuse(Stream file)
        {
            file.Position = 0;
            seen = new byte[file.Length];
            file.ReadExactly(seen);
            throw new PhotoStyleException(ErrorCode.ImageNotRecognised, "It is no photo: give one.");
        }
    }
}
