using System.Globalization;
using System.Net;

namespace PhotoStyle.Engine.Tests.Models;

/// <summary>A server on this machine that sends one file, whole or from an offset, and can break off.</summary>
internal sealed class ModelServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public ModelServer(byte[] file)
    {
        // A free port is one that can be listened on.
        for (int port = 20_000 + Random.Shared.Next(20_000); ; port++)
        {
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
            try
            {
                _listener.Start();
                Address = new Uri(_listener.Prefixes.Single() + "model.safetensors");
                break;
            }
            catch (HttpListenerException)
            {
            }
        }
        File = file;
        _ = ServeAsync();
    }

    public Uri Address { get; }

    public byte[] File { get; set; }

    /// <summary>Whether ranges are understood.</summary>
    public bool HasRanges { get; set; } = true;

    /// <summary>Breaks off after this many bytes of an answer.</summary>
    public int? BreaksOffAfter { get; set; }

    /// <summary>Answers with this and nothing else.</summary>
    public HttpStatusCode? Refuses { get; set; }

    /// <summary>The offsets that were asked for, null for the whole.</summary>
    public List<long?> Asked { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        string? range = context.Request.Headers["Range"];
        long? asked = range is null ? null : long.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
        Asked.Add(asked);
        HttpListenerResponse response = context.Response;
        if (Refuses is { } status)
        {
            response.StatusCode = (int)status;
            response.Close();
            return;
        }
        int from = HasRanges ? (int)(asked ?? 0) : 0;
        if (from > 0)
        {
            response.StatusCode = (int)HttpStatusCode.PartialContent;
            response.Headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{File.Length - 1}/{File.Length}");
        }
        response.ContentLength64 = File.Length - from;
        int count = Math.Min(File.Length - from, BreaksOffAfter ?? int.MaxValue);
        await response.OutputStream.WriteAsync(File.AsMemory(from, count));
        await response.OutputStream.FlushAsync();
        if (from + count < File.Length) response.Abort();
        else response.Close();
    }
}
