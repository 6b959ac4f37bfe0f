using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Api;

/// <summary>Reads the body of a request.</summary>
internal static class OrderReader
{
    /// <summary>An order is a few names: whatever is longer is something else.</summary>
    public const int MostBytes = 64 << 10;

    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.JobInvalid"/>.</exception>
    public static async Task<TransferOrder> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var body = new byte[MostBytes + 1];
        int length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancel);
        if (length > MostBytes) throw Wrong($"it has more than {MostBytes} bytes", null);
        try
        {
            return JsonSerializer.Deserialize<TransferOrder>(body.AsSpan(0, length), PipelineJson.Options) ?? throw Wrong("it is null", null);
        }
        catch (JsonException e)
        {
            throw Wrong(JsonMistake.Of(e), e);
        }
    }

    private static PhotoStyleException Wrong(string why, Exception? cause) =>
        new(ErrorCode.JobInvalid, $"The body is not a request for a transfer ({why}): give JSON with 'content' and 'style'.", cause);
}
