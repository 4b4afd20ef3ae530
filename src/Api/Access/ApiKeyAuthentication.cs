using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http.Features;
using Hotline.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Hotline.Api;

/// <summary>Tells who calls from the header <c>X-Api-Key</c>. Missing, unknown, expired and revoked keys get the same answer.</summary>
internal sealed class ApiKeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, WhoCalls who)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Header = "X-Api-Key";
    private const int LongestKey = 256;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var secret = Request.Headers[Header].ToString();
        if (secret.Length is 0 or > LongestKey || await who.Of(secret) is not { } actor)
        {
            return AuthenticateResult.NoResult();
        }
        Context.Features.Set(actor);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, actor.Client)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SchemeName;
        return new Refusal(401, "auth.required", "请在请求头 X-Api-Key 中提供有效的密钥。").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        new Refusal(403, "auth.forbidden", "您的角色不允许进行此操作。").ExecuteAsync(Context);
}

/// <summary>Who is calling, for endpoints that only read. Bound by itself.</summary>
internal sealed record Caller(Actor Actor)
{
    public static ValueTask<Caller> BindAsync(HttpContext http) => new(new Caller(http.Actor()));
}

/// <summary>The actor of a request.</summary>
internal static class ActorOfRequest
{
    /// <summary>Who acts, after authentication and <c>X-Acting-For</c>.</summary>
    public static Actor Actor(this HttpContext http) => http.Features.GetRequiredFeature<Actor>();
}
