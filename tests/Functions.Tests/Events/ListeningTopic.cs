using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Messaging.EventGrid;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PhotoStyle.Functions.Events;

namespace PhotoStyle.Functions.Tests.Events;

/// <summary>A topic of Event Grid on this machine: a server with TLS that takes whatever is posted to it.</summary>
internal sealed class ListeningTopic : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate = SelfSigned();
    private readonly HttpClientHandler _handler = new() { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
    private readonly WebApplication _server;

    private ListeningTopic()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        _server = builder.Build();
        _server.MapPost("/api/events", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            Received.Enqueue((request.ContentType ?? "", request.Headers.Authorization.ToString(), await reader.ReadToEndAsync()));
        });
    }

    /// <summary>What was posted: content type, proof of who did it, body.</summary>
    public ConcurrentQueue<(string ContentType, string Authorization, string Body)> Received { get; } = [];

    public Uri Address => new($"{_server.Urls.Single()}/api/events");

    /// <summary>The activity as the app makes it, with a token of our own.</summary>
    public AnnounceActivity Announcer =>
        new(new EventGridPublisherClient(Address, new FixedToken(), new EventGridPublisherClientOptions { Transport = new HttpClientTransport(_handler), Retry = { MaxRetries = 0 } }));

    public static async Task<ListeningTopic> StartAsync()
    {
        var topic = new ListeningTopic();
        await topic._server.StartAsync(TestContext.Current.CancellationToken);
        return topic;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _handler.Dispose();
        _certificate.Dispose();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private sealed class FixedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new($"token-for-{Assert.Single(requestContext.Scopes)}", DateTimeOffset.UtcNow.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
