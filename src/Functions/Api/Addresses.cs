using Microsoft.AspNetCore.Http;

namespace PhotoStyle.Functions.Api;

/// <summary>The addresses that answers name.</summary>
internal static class Addresses
{
    private const string Transfers = "/transfers";

    /// <summary>Where to ask for a transfer, as its caller can reach it: what a proxy in front says is believed, since the answer goes to nobody but its caller.</summary>
    /// <param name="http">The request that is answered.</param>
    /// <param name="publicUrl">What the settings say instead, or null.</param>
    /// <param name="id">The transfer.</param>
    public static Uri OfTransfer(HttpRequest http, Uri? publicUrl, string id)
    {
        string path = $"{PathOfTransfers(http.Path.Value ?? "")}/{id}";
        if (publicUrl is not null) return new Uri(publicUrl, path);
        string scheme = http.Headers["X-Forwarded-Proto"] is [{ } proto] && proto.Equals("https", StringComparison.OrdinalIgnoreCase) ? "https" : http.Scheme;
        string host = http.Headers["X-Forwarded-Host"] is [{ Length: > 0 } forwarded] ? forwarded : http.Host.Value ?? "localhost";
        return Uri.TryCreate($"{scheme}://{host}{path}", UriKind.Absolute, out Uri? address) ? address : new Uri($"{scheme}://localhost{path}");
    }

    /// <summary>The path up to the transfers: callers with a token use another than those with a key.</summary>
    private static string PathOfTransfers(string path)
    {
        int at = path.IndexOf(Transfers, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "/api" + Transfers : path[..(at + Transfers.Length)];
    }
}
