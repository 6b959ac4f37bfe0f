using System.Net;
using System.Net.Sockets;

namespace PhotoStyle.Pipeline.Sources;

/// <summary>
/// Fetches photos by address on a stranger's behalf, and nothing that only this machine can reach: hosts are those of a list, connections go to
/// public addresses only, which are looked at when the connection is made, and no answer leads elsewhere.
/// An address may hold a signature, which is as good as a password: it is neither logged nor part of a message.
/// </summary>
public sealed class SourceFetcher : IDisposable
{
    private readonly SourceRules _rules;
    private readonly HttpClient _client;

    /// <summary>A fetcher that keeps to the rules.</summary>
    public SourceFetcher(SourceRules rules)
        : this(rules, PublicConnections(PublicAddress.Is))
    {
    }

    /// <summary>For tests, which have no public addresses.</summary>
    internal SourceFetcher(SourceRules rules, HttpMessageHandler handler)
    {
        _rules = rules;
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("PhotoStyle");
    }

    /// <summary>Connects only where a host's address passes the test, to the very address that was tested: a name that changes between both gains nothing.</summary>
    internal static SocketsHttpHandler PublicConnections(Func<IPAddress, bool> isAllowed) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        Credentials = null,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 32,
        ConnectCallback = async (context, cancel) =>
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
            if (addresses.Length == 0 || !addresses.All(isAllowed))
                throw new PhotoStyleException(ErrorCode.SourceNotAllowed, $"{context.DnsEndPoint.Host} is not a host of the public internet: use another one, or upload the photo.");
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    /// <summary>Writes the photo at an address into a stream.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.SourceNotAllowed"/>: the rules forbid it; <see cref="ErrorCode.SourceUnreachable"/>: the host does not give it, or not in time;
    /// <see cref="ErrorCode.ImageTooLarge"/>: it has too many bytes.</exception>
    public async Task FetchAsync(string address, Stream target, CancellationToken cancel)
    {
        Uri uri = _rules.Check(address);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(_rules.Timeout);
        try
        {
            using HttpResponseMessage response = await _client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, limited.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                throw Unreachable(uri, $"answered with {(int)response.StatusCode} where 200 is needed", null);
            if (response.Content.Headers.ContentLength is { } length) CheckLength(uri, length);
            await CopyAsync(uri, await response.Content.ReadAsStreamAsync(limited.Token), target, limited.Token);
        }
        catch (HttpRequestException e) when (e.InnerException is PhotoStyleException refused)
        {
            throw refused;
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw Unreachable(uri, $"took longer than {_rules.Timeout.TotalSeconds:0} seconds", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unreachable(uri, "could not be read", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task CopyAsync(Uri uri, Stream source, Stream target, CancellationToken cancel)
    {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        for (int count; (count = await source.ReadAsync(buffer, cancel)) > 0;)
        {
            CheckLength(uri, total += count);
            await target.WriteAsync(buffer.AsMemory(0, count), cancel);
        }
    }

    private void CheckLength(Uri uri, long bytes)
    {
        if (bytes > _rules.MaxBytes)
            throw new PhotoStyleException(ErrorCode.ImageTooLarge, $"The photo at {uri.Host} has more than the {_rules.MaxBytes:N0} bytes that may be fetched: upload it, or use a smaller one.");
    }

    private static PhotoStyleException Unreachable(Uri uri, string what, Exception? cause) =>
        new(ErrorCode.SourceUnreachable, $"The photo at {uri.Host} {what}: check the address, or upload the photo.", cause);
}
