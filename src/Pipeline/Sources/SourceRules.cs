namespace PhotoStyle.Pipeline.Sources;

/// <summary>From where photos may be fetched by address, and how much of them.</summary>
public sealed record SourceRules
{
    /// <summary>Names of hosts (<c>photos.example.com</c>), or of all hosts below a domain (<c>*.example.com</c>). None are allowed until some are named.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Most bytes of one photo.</summary>
    public long MaxBytes { get; init; } = 100L << 20;

    /// <summary>How long one photo may take, from the first byte sent to the last one received.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The address, when the rules allow it: HTTPS at its own port, without a user's name, at a host of the list.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.SourceNotAllowed"/>.</exception>
    public Uri Check(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme != Uri.UriSchemeHttps)
            throw Refused("An address of a photo has to begin with https://: correct it.");
        if (!uri.IsDefaultPort || uri.UserInfo.Length > 0)
            throw Refused("An address of a photo has neither a port nor a user's name: leave them out.");
        if (uri.HostNameType != UriHostNameType.Dns || !AllowedHosts.Any(pattern => Matches(pattern, uri.IdnHost)))
            throw Refused($"Photos may not be fetched from {uri.Host}: use a host that this service allows, or upload the photo.");
        return uri;
    }

    private static bool Matches(string pattern, string host) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase) && host.Length > pattern.Length - 1
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    private static PhotoStyleException Refused(string message) => new(ErrorCode.SourceNotAllowed, message);
}
