using System.Text;
using PhotoStyle.Pipeline.Sources;

namespace PhotoStyle.Pipeline.Tests.Sources;

public sealed class SourceFetcherTests
{
    private const string Address = "https://photos.example.com/a.jpg?sig=secret";

    private static readonly SourceRules s_rules = new() { AllowedHosts = ["photos.example.com", "localhost"], MaxBytes = 1000, Timeout = TimeSpan.FromSeconds(20) };

    [Fact]
    public async Task A_photo_is_fetched_whole()
    {
        byte[] photo = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
        using var server = new PhotoServer(Answer("200 OK", $"Content-Length: {photo.Length}", photo));
        using var fetcher = new SourceFetcher(s_rules, server.Handler());
        using var target = new MemoryStream();

        await fetcher.FetchAsync(Address, target, TestContext.Current.CancellationToken);

        Assert.Equal(photo, target.ToArray());
    }

    [Theory]
    [InlineData("301 Moved Permanently", "Location: https://photos.example.com/b.jpg")]
    [InlineData("302 Found", "Location: https://169.254.169.254/metadata")]
    [InlineData("404 Not Found", "X-None: 0")]
    [InlineData("206 Partial Content", "X-None: 0")]
    public async Task An_answer_other_than_the_photo_is_an_error_and_is_not_followed(string status, string header)
    {
        using var server = new PhotoServer(Answer(status, header, []));

        PhotoStyleException e = await FetchFails(server, s_rules);

        Assert.Equal(ErrorCode.SourceUnreachable, e.Code);
        Assert.Contains(status[..3], e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_photo_that_says_it_is_too_large_is_not_read()
    {
        using var server = new PhotoServer(Answer("200 OK", "Content-Length: 1001", []));

        Assert.Equal(ErrorCode.ImageTooLarge, (await FetchFails(server, s_rules)).Code);
    }

    [Fact]
    public async Task A_photo_that_does_not_say_it_is_too_large_is_not_read_to_its_end()
    {
        using var server = new PhotoServer(async stream =>
        {
            await Answer("200 OK", "Connection: close", [])(stream);
            while (true) await stream.WriteAsync(new byte[4096]);
        });

        Assert.Equal(ErrorCode.ImageTooLarge, (await FetchFails(server, s_rules)).Code);
    }

    [Fact]
    public async Task A_host_that_keeps_silent_is_given_up()
    {
        using var server = new PhotoServer(_ => Task.Delay(TimeSpan.FromMinutes(1)));

        Assert.Equal(ErrorCode.SourceUnreachable, (await FetchFails(server, s_rules with { Timeout = TimeSpan.FromMilliseconds(200) })).Code);
    }

    [Fact]
    public async Task A_photo_that_ends_too_early_is_an_error()
    {
        using var server = new PhotoServer(Answer("200 OK", "Content-Length: 100", new byte[50]));

        Assert.Equal(ErrorCode.SourceUnreachable, (await FetchFails(server, s_rules)).Code);
    }

    [Fact]
    public async Task A_host_of_the_list_whose_name_leads_inside_is_refused()
    {
        using var fetcher = new SourceFetcher(s_rules);

        var e = await Assert.ThrowsAsync<PhotoStyleException>(
            () => fetcher.FetchAsync("https://localhost/a.jpg", Stream.Null, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCode.SourceNotAllowed, e.Code);
    }

    [Fact]
    public async Task A_host_that_is_not_on_the_list_is_never_asked()
    {
        using var server = new PhotoServer(Answer("200 OK", "Content-Length: 0", []));
        using var fetcher = new SourceFetcher(s_rules, server.Handler());

        await Assert.ThrowsAsync<PhotoStyleException>(() => fetcher.FetchAsync("https://other.example.com/", Stream.Null, TestContext.Current.CancellationToken));

        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task A_caller_that_cancels_gets_no_error_of_a_photo()
    {
        using var server = new PhotoServer(_ => Task.Delay(TimeSpan.FromMinutes(1)));
        using var fetcher = new SourceFetcher(s_rules, server.Handler());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetcher.FetchAsync(Address, Stream.Null, new CancellationToken(canceled: true)));
    }

    private static async Task<PhotoStyleException> FetchFails(PhotoServer server, SourceRules rules)
    {
        using var fetcher = new SourceFetcher(rules, server.Handler());
        return await Assert.ThrowsAsync<PhotoStyleException>(() => fetcher.FetchAsync(Address, Stream.Null, TestContext.Current.CancellationToken));
    }

    internal static Func<Stream, Task> Answer(string status, string header, byte[] body) => async stream =>
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{header}\r\n\r\n"));
        await stream.WriteAsync(body);
        await stream.FlushAsync();
    };
}
