using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PhotoStyle.Functions.Settings;

namespace PhotoStyle.Functions.Api;

/// <summary>Lets in callers whose token Entra ID made for this app. Without settings for it, nobody gets in.</summary>
/// <param name="entra">Who may come; null for nobody.</param>
/// <param name="keys">Gives the keys with which Entra ID signs.</param>
public sealed class TokenCheck(EntraSettings? entra, BaseConfigurationManager? keys)
{
    private const string Scheme = "Bearer ";

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>Does the work if the caller may have it done.</summary>
    public async Task<IResult> GuardAsync(HttpRequest request, Func<Task<IResult>> work, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(work);
        cancel.ThrowIfCancellationRequested();
        if (request.Headers.Authorization is not [{ } header] || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || entra is null)
            return Refuse(request, StatusCodes.Status401Unauthorized, "token-missing", "This address wants a token of Entra ID in the header Authorization: get one for this app, or use /api/transfers with a function key.");
        TokenValidationResult token = await _handler.ValidateTokenAsync(header[Scheme.Length..], ParametersOf(entra));
        if (!token.IsValid)
            return Refuse(request, StatusCodes.Status401Unauthorized, "token-invalid", "The token is not one that Entra ID made for this app, or it is too old: get a new one.");
        if (entra.Role is { } role && !token.ClaimsIdentity.Claims.Any(claim => Grants(claim.Type, claim.Value, role)))
            return Answer.Problem(StatusCodes.Status403Forbidden, "role-missing", "The caller has not got the role or the scope that this app asks for: have it assigned in Entra ID.");
        return await work();
    }

    /// <summary>Applications have roles, people that use an application have scopes.</summary>
    private static bool Grants(string type, string value, string role) => type switch
    {
        "roles" => value == role,
        "scp" => value.Split(' ').Contains(role),
        _ => false,
    };

    private static IResult Refuse(HttpRequest request, int status, string code, string detail)
    {
        request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
        return Answer.Problem(status, code, detail);
    }

    private TokenValidationParameters ParametersOf(EntraSettings settings) => new()
    {
        ConfigurationManager = keys,
        ValidIssuers = settings.Issuers,
        ValidAudiences = settings.Audiences,
        ValidateIssuerSigningKey = true,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = TimeSpan.FromMinutes(2),
    };
}
