using System.Buffers.Text;
using System.Security.Cryptography;
using Hotline.Access;
using Hotline.People;
using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Api;

/// <summary>新建密钥的内容。</summary>
/// <param name="Name">持有人：密钥以此名义操作，职责分离按它比较。</param>
/// <param name="Roles">角色。commandSystem 可代他人操作。</param>
/// <param name="Unit">所属单位（代码、名称或别名）；回访中心、领导和系统为空。</param>
/// <param name="ExpiresAt">有效期；为空表示不过期。</param>
/// <param name="Person">个人密钥：持有人的人员编号。密钥即以此人操作，角色不超出此人登记的角色，单位按登记；此人停用后密钥失效。</param>
internal sealed record NewApiKey([Line(Limits.Name)] string Name, IReadOnlyList<Role> Roles, [Line(Limits.Code)] string? Unit = null, DateTimeOffset? ExpiresAt = null,
    [Line(Limits.Code)] string? Person = null);

/// <summary>API 密钥，不含密钥本身。</summary>
/// <param name="Id">编号。</param>
/// <param name="Name">持有人。</param>
/// <param name="Roles">角色。</param>
/// <param name="Unit">所属单位的代码，或为空。</param>
/// <param name="CreatedBy">由谁建立。</param>
/// <param name="CreatedAt">建立时间。</param>
/// <param name="ExpiresAt">有效期；为空表示不过期。</param>
/// <param name="RevokedAt">吊销时间；为空表示未吊销。</param>
/// <param name="Person">个人密钥的持有人编号，或为空。</param>
internal sealed record ApiKeyView(string Id, string Name, IReadOnlyList<Role> Roles, string? Unit, string CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, string? Person = null)
{
    public static ApiKeyView Of(ApiKey key) => new(key.Id, key.Name, key.Roles, key.Unit, key.CreatedBy, key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.Person);
}

/// <summary>新建的密钥。</summary>
/// <param name="Id">编号。</param>
/// <param name="Name">持有人。</param>
/// <param name="Roles">角色。</param>
/// <param name="Unit">所属单位的代码，或为空。</param>
/// <param name="CreatedAt">建立时间。</param>
/// <param name="ExpiresAt">有效期；为空表示不过期。</param>
/// <param name="Key">密钥本身，只显示这一次，请立即妥善保存；重复请求时为空。</param>
internal sealed record CreatedApiKey(string Id, string Name, IReadOnlyList<Role> Roles, string? Unit, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, string? Key);

/// <summary>API keys: made, listed, revoked. The secret is shown once and never stored.</summary>
internal static class ApiKeyEndpoints
{
    private const string Prefix = "hk_";

    public static void Map(RouteGroupBuilder api)
    {
        var at = new DateTimeOffset(2026, 10, 9, 1, 30, 0, TimeSpan.Zero);
        var example = new ApiKeyView("key-2", "王芳", [Role.CallbackOfficer], null, "bootstrap", at, null, null);
        var keys = api.MapGroup("/api-keys").WithTags(Tags.System);
        keys.MapPost("", Create).RequireRoles(Role.Administrator).Produces<CreatedApiKey>(201)
            .ShowsRequest(new NewApiKey("王芳", [Role.CallbackOfficer]))
            .ShowsAnswer(new CreatedApiKey("key-2", "王芳", [Role.CallbackOfficer], null, at, null, "hk_…"), 201);
        keys.MapGet("", List).RequireRoles(Role.Administrator, Role.Auditor).Produces<Listed<ApiKeyView>>().ShowsAnswer(new Listed<ApiKeyView>([example]));
        keys.MapPost("/{id}/revoke", Revoke).RequireRoles(Role.Administrator).Produces<ApiKeyView>().ShowsAnswer(example with { RevokedAt = at.AddHours(1) });
    }

    /// <summary>新建 API 密钥</summary>
    /// <remarks>密钥只在本次回应中显示一次，系统只保存其散列值。</remarks>
    internal static async Task<IResult> Create(NewApiKey body, CommandContext command, IGrainFactory grains, UnitDirectory units, PeopleDirectory people, KeyRingCopy ring)
    {
        var person = body.Person is { } code ? await people.FindNewest(code) : null;
        if (body.Person is not null && (person is null || body.Roles.Except(person.Roles).Any()))
        {
            return Refusal.Of(person is null ? new Rejection("actor.unknown", "没有登记这个人员。", Pointer: "/person")
                : new Rejection("key.roles-beyond", "密钥的角色超出了此人登记的角色。", Pointer: "/roles"));
        }
        var unit = person is not null ? await Known(person.Unit, units) : body.Unit is null ? null : await units.Resolve(body.Unit);
        if (body.Unit is not null && unit is null)
        {
            return Refusal.Of(new Rejection("unit.unknown", "没有这个单位。", Pointer: "/unit"));
        }
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var hash = KeyRingCopy.HashOf(secret);
        var made = await grains.GetGrain<IAccessGrain>(KeyRingCopy.GrainKey)
            .Create(new(body.Name, body.Roles, unit?.Code, body.ExpiresAt, hash, person?.Code), command.Call);
        ring.Forget();
        return Answer.Of(made, key => Answer.Created($"/api/v1/api-keys/{key.Id}",
            new CreatedApiKey(key.Id, key.Name, key.Roles, key.Unit, key.CreatedAt, key.ExpiresAt, made.Replayed ? null : secret)));
    }

    private static async ValueTask<Unit?> Known(string? unit, UnitDirectory units) => unit is null ? null : await units.Resolve(unit);

    /// <summary>列出 API 密钥</summary>
    /// <remarks>不含密钥本身。</remarks>
    internal static async Task<IResult> List(IGrainFactory grains)
    {
        var keys = await grains.GetGrain<IAccessGrain>(KeyRingCopy.GrainKey).List();
        return Answer.Ok(new Listed<ApiKeyView>([.. keys.Select(ApiKeyView.Of)]));
    }

    /// <summary>吊销 API 密钥</summary>
    /// <remarks>一秒内在所有节点生效，不可恢复；重复吊销没有影响。不能吊销正在使用的密钥。</remarks>
    /// <param name="id">密钥编号，例如 key-3。</param>
    internal static async Task<IResult> Revoke(string id, CommandContext command, IGrainFactory grains, KeyRingCopy ring)
    {
        var revoked = await grains.GetGrain<IAccessGrain>(KeyRingCopy.GrainKey).Revoke(id, command.Call);
        ring.Forget();
        return Answer.Of(revoked, key => Answer.Ok(ApiKeyView.Of(key)));
    }
}
