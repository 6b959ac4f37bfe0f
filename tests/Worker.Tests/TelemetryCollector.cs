using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PhotoStyle.Worker.Tests;

/// <summary>Takes what OpenTelemetry's exporters send, as text: strings are readable in protobuf.</summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Body)> _requests = new();

    private TelemetryCollector()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body, Encoding.Latin1);
            _requests.Enqueue((request.Path, await reader.ReadToEndAsync()));
        });
    }

    public string Address => _app.Urls.First();

    public IEnumerable<string> Paths => _requests.Select(request => request.Path).Distinct().Order(StringComparer.Ordinal);

    public string Received => string.Join('\n', _requests.Select(request => request.Body));

    public static async Task<TelemetryCollector> StartAsync()
    {
        var collector = new TelemetryCollector();
        await collector._app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
