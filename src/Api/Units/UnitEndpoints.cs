using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Api;

/// <summary>办理单位的完整信息。</summary>
/// <param name="Name">名称，不得与其他单位的代码、名称、别名相同。</param>
/// <param name="Tier">类别：station 派出所，brigade 大队，centre 回访中心（不参加排名）。</param>
/// <param name="Head">单位负责人，红牌时首先得到通知。</param>
/// <param name="DeputyChief">分管副局长，超期未办时得到通知。</param>
/// <param name="ActiveFrom">启用日期；为空表示一直启用。</param>
/// <param name="ActiveTo">停用日期（当日仍启用）；为空表示未停用。</param>
/// <param name="Aliases">别名、曾用名；不填则保留原有别名，更名时原名自动成为别名。</param>
/// <param name="SucceededBy">撤并后的承接单位代码；须同时填写停用日期。考核数字、连续后三位和优秀次数仍归原单位代码。</param>
internal sealed record UnitBody([Line(Limits.Name)] string Name, UnitTier Tier, [Line(Limits.Name)] string? Head = null, [Line(Limits.Name)] string? DeputyChief = null,
    DateOnly? ActiveFrom = null, DateOnly? ActiveTo = null, [Line(Limits.Name)] IReadOnlyList<string>? Aliases = null, [Line(Limits.Code)] string? SucceededBy = null);

/// <summary>办理单位。</summary>
/// <param name="Code">单位代码，登记后不再改变。</param>
/// <param name="Name">名称。</param>
/// <param name="Tier">类别。</param>
/// <param name="Head">单位负责人。</param>
/// <param name="DeputyChief">分管副局长。</param>
/// <param name="ActiveFrom">启用日期；为空表示一直启用。</param>
/// <param name="ActiveTo">停用日期（当日仍启用）；为空表示未停用。</param>
/// <param name="Aliases">别名、曾用名。</param>
/// <param name="Version">版本，即 ETag。</param>
/// <param name="Imported">由历史导入自动建立，尚未经人工登记。</param>
/// <param name="SucceededBy">撤并后的承接单位代码。</param>
internal sealed record UnitView(string Code, string Name, UnitTier Tier, string? Head, string? DeputyChief, DateOnly? ActiveFrom, DateOnly? ActiveTo,
    IReadOnlyList<string> Aliases, long Version, bool Imported, string? SucceededBy = null)
{
    public static UnitView Of(Unit unit) =>
        new(unit.Code, unit.Name, unit.Tier, unit.Head, unit.DeputyChief, unit.ActiveFrom, unit.ActiveTo, unit.Aliases, unit.Version, unit.Imported, unit.SucceededBy);
}

/// <summary>办理单位: described whole, read one by one or all together.</summary>
internal static class UnitEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var units = api.MapGroup("/units").WithTags(Tags.Units);
        var example = new UnitView("DG", "东关派出所", UnitTier.Station, "张建国", "李卫东", null, null, ["东关所"], 1, false);
        units.MapGet("", List).AnyRole().Produces<Listed<UnitView>>().ShowsAnswer(new Listed<UnitView>([example]));
        units.MapGet("/{code}", Get).AnyRole().Produces<UnitView>().ShowsAnswer(example);
        units.MapPut("/{code}", Put).RequireRoles(Role.Administrator).Produces<UnitView>().Produces<UnitView>(201)
            .ShowsRequest(new UnitBody("东关派出所", UnitTier.Station, "张建国", "李卫东", Aliases: ["东关所"])).ShowsAnswer(example, 201);
    }

    /// <summary>列出全部办理单位</summary>
    /// <remarks>按单位代码排序，不分页。</remarks>
    internal static async Task<IResult> List(UnitDirectory units) => Answer.Ok(new Listed<UnitView>([.. (await units.All()).Select(UnitView.Of)]));

    /// <summary>查看办理单位</summary>
    /// <param name="code">单位代码。</param>
    internal static async Task<IResult> Get(string code, IGrainFactory grains)
    {
        var unit = UnitRules.IsCode(code) ? await grains.GetGrain<IUnitGrain>(UnitKeys.Of(code)).Get() : null;
        return unit is null ? Refusal.NotFound : Answer.Ok(UnitView.Of(unit), unit.Version);
    }

    /// <summary>登记或修改办理单位</summary>
    /// <remarks>整体替换单位信息。单位代码登记后不再改变。带 If-Match 时先核对版本。</remarks>
    /// <param name="code">单位代码：字母、数字或汉字，最长 64 个字符。</param>
    internal static async Task<IResult> Put(string code, UnitBody body, CommandContext command, IGrainFactory grains, UnitDirectory units)
    {
        if (!UnitRules.IsCode(code))
        {
            return Refusal.Of(UnitRules.CodeInvalid);
        }
        var described = await grains.GetGrain<IUnitGrain>(UnitKeys.Of(code))
            .Describe(new(body.Name, body.Tier, body.Head, body.DeputyChief, body.ActiveFrom, body.ActiveTo, body.Aliases, SucceededBy: body.SucceededBy), command.Call);
        units.Forget();
        return Answer.Of(described, unit => unit.Version == 1
            ? Answer.Created($"/api/v1/units/{Uri.EscapeDataString(code)}", UnitView.Of(unit), 1)
            : Answer.Ok(UnitView.Of(unit), unit.Version));
    }
}
