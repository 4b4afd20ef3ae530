using System.Text;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>The command system names the person for whom it acts in <c>X-Acting-For</c>, by the code in the register (percent-encoded UTF-8); that person is
/// then the actor, with that person's roles and unit.</summary>
internal sealed class ActingFor(RequestDelegate next, WhoCalls who)
{
    public const string Header = "X-Acting-For";

    private static readonly LineAttribute NameRule = new(Limits.Name);

    public Task InvokeAsync(HttpContext http)
    {
        var header = http.Request.Headers[Header].ToString();
        return header.Length == 0 || http.Features.Get<Actor>() is not { } actor ? next(http) : Pass(http, header, actor);
    }

    private async Task Pass(HttpContext http, string header, Actor actor)
    {
        var named = await Named(header, actor);
        if (named.Rejection is { } refused)
        {
            await Refusal.Of(refused).ExecuteAsync(http);
            return;
        }
        http.Features.Set(named.Value!);
        await next(http);
    }

    private async ValueTask<Result<Actor>> Named(string header, Actor actor) =>
        !actor.Has(Role.CommandSystem) ? new Rejection("auth.acting-forbidden", "此密钥不能代他人操作。", RejectionKind.Forbidden)
        : NameIn(header) is { } code ? await who.For(actor, code)
        : new Rejection("auth.acting-malformed", "请求头 X-Acting-For 应为一个人员编号（UTF-8 百分号编码）。", RejectionKind.Shape);

    private static string? NameIn(string header)
    {
        // An unescaped % that is followed by no hex digits, or bytes that are no UTF-8, come back with U+FFFD.
        var name = Uri.UnescapeDataString(header).Trim();
        var sound = name.Length > 0 && !name.Contains('%', StringComparison.Ordinal) && !name.Contains('\uFFFD', StringComparison.Ordinal)
            && NameRule.Check(name) is null && !ReservedNames.Has(name);
        return sound ? name.Normalize(NormalizationForm.FormC) : null;
    }
}
