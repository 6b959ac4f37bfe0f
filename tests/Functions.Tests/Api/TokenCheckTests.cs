using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using PhotoStyle.Functions.Api;
using PhotoStyle.Functions.Settings;

namespace PhotoStyle.Functions.Tests.Api;

public sealed class TokenCheckTests
{
    private const string Audience = "11111111-2222-3333-4444-555555555555";

    private static readonly EntraSettings s_entra = new(Guid.Parse("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"), "api://" + Audience, null);

    // To make a key takes longer than all else here.
    private static readonly RSA s_key = RSA.Create(2048);
    private static readonly RSA s_otherKey = RSA.Create(2048);

    [Theory]
    [InlineData(0, "api://" + Audience)]
    [InlineData(0, Audience)]
    [InlineData(1, "api://" + Audience)]
    public async Task A_token_for_this_app_lets_in(int issuer, string audience) =>
        Assert.True(await IsLetInAsync(s_entra, "Bearer " + Token(s_entra.Issuers[issuer], audience)));

    [Theory]
    [InlineData("https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0", Audience, 10, false)]
    [InlineData("https://evil.example.org/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee/v2.0", Audience, 10, false)]
    [InlineData(null, "https://management.azure.com/", 10, false)]
    [InlineData(null, Audience, -10, false)]
    [InlineData(null, Audience, 10, true)]
    public async Task A_token_of_another_directory_for_another_app_too_old_or_of_another_hand_does_not(string? issuer, string audience, int minutesLeft, bool forged) =>
        Assert.False(await IsLetInAsync(s_entra, "Bearer " + Token(issuer ?? s_entra.Issuers[0], audience, minutesLeft, forged)));

    [Fact]
    public async Task A_token_without_a_signature_does_not()
    {
        string token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor { Issuer = s_entra.Issuers[0], Audience = Audience, Expires = DateTime.UtcNow.AddMinutes(10) });

        Assert.False(await IsLetInAsync(s_entra, "Bearer " + token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer x.y.z")]
    [InlineData("Basic dTpw")]
    public async Task What_is_no_token_does_not(string header) => Assert.False(await IsLetInAsync(s_entra, header));

    [Fact]
    public async Task Without_settings_nobody_is_let_in() => Assert.False(await IsLetInAsync(null, "Bearer " + Token(s_entra.Issuers[0], Audience)));

    [Theory]
    [InlineData("roles", "Transfers", true)]
    [InlineData("scp", "openid Transfers", true)]
    [InlineData("roles", "Transfers.Read", false)]
    [InlineData("name", "Transfers", false)]
    public async Task Where_a_role_is_asked_for_it_must_be_there(string claim, string value, bool isLetIn) =>
        Assert.Equal(isLetIn, await IsLetInAsync(s_entra with { Role = "Transfers" }, "Bearer " + Token(s_entra.Issuers[0], Audience, claim: new Claim(claim, value))));

    private static async Task<bool> IsLetInAsync(EntraSettings? entra, string header)
    {
        var configuration = new OpenIdConnectConfiguration();
        configuration.SigningKeys.Add(new RsaSecurityKey(s_key) { KeyId = "1" });
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = header;
        bool done = false;
        await new TokenCheck(entra, new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration)).GuardAsync(
            http.Request,
            () =>
            {
                done = true;
                return Task.FromResult(Results.Ok());
            },
            TestContext.Current.CancellationToken);
        return done;
    }

    private static string Token(string issuer, string audience, int minutesLeft = 10, bool forged = false, Claim? claim = null) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = issuer,
        Audience = audience,
        NotBefore = DateTime.UtcNow.AddMinutes(-20),
        Expires = DateTime.UtcNow.AddMinutes(minutesLeft),
        Subject = new ClaimsIdentity(claim is null ? [] : [claim]),
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(forged ? s_otherKey : s_key) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
    });
}
