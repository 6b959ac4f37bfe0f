namespace PhotoStyle.Functions.Settings;

/// <summary>Which tokens of Entra ID callers may show.</summary>
/// <param name="Tenant">Id of the directory.</param>
/// <param name="Audience">The app that tokens have to be for: its application id, or <c>api://</c> and that.</param>
/// <param name="Role">A role or scope that callers need; null if any token for the app will do.</param>
public sealed record EntraSettings(Guid Tenant, string Audience, string? Role)
{
    private const string Api = "api://";

    /// <summary>Tokens of both versions: which one an app gets is a matter of its registration.</summary>
    public IReadOnlyList<string> Issuers => [$"https://login.microsoftonline.com/{Tenant}/v2.0", $"https://sts.windows.net/{Tenant}/"];

    /// <summary>Tokens of version 2 name the application id alone.</summary>
    public IReadOnlyList<string> Audiences => Audience.StartsWith(Api, StringComparison.Ordinal) ? [Audience, Audience[Api.Length..]] : [Audience, Api + Audience];

    /// <summary>Where the keys of the directory are told.</summary>
    public string Metadata => $"https://login.microsoftonline.com/{Tenant}/v2.0/.well-known/openid-configuration";
}
