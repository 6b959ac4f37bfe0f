namespace PhotoStyle.Functions.Api;

/// <summary>Where a photo or mask is: one of the two is given.</summary>
public sealed record PhotoSource
{
    /// <summary>A blob with its container, <c>uploads/…</c> or <c>styles/…</c>.</summary>
    public string? Blob { get; init; }

    /// <summary>An address that begins with https://, at a host that the service allows.</summary>
    public string? Url { get; init; }
}
