using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Api;

/// <summary>办理单位: described, read one by one or all together; what moves a unit among the tables of a month that runs or is past needs a
/// second person.</summary>
internal static class UnitEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var units = api.MapGroup("/units").WithTags(Tags.Units);
        var example = new UnitView("DG", "东关派出所", UnitTier.Station, "张建国", "李卫东", null, null, ["东关所"], 1, false);
        var at = new DateTimeOffset(2026, 10, 9, 9, 50, 0, TimeSpan.FromHours(8));
        var waiting = example with { Version = 2, Waiting = new(["tier"], UnitTier.Brigade, new(2026, 10), null, null, null, "王强", at) };
        var changes = new UnitChanges(waiting,
            [new(new(2026, 10), LeagueTier.Station, 14, 13, [new(new("DG", "东关派出所"), new(14, true, true), null)])], []);
        units.MapGet("", List).AnyRole().Produces<Listed<UnitView>>().ShowsAnswer(new Listed<UnitView>([example]));
        units.MapGet("/{code}", Get).AnyRole().Produces<UnitView>().ShowsAnswer(example);
        units.MapPut("/{code}", Put).RequireRoles(Role.Administrator).Produces<UnitView>().Produces<UnitView>(201)
            .Produces<UnitChanges>(202)
            .ShowsRequest(new UnitBody("东关派出所", UnitTier.Station, "张建国", "李卫东", Aliases: ["东关所"])).ShowsAnswer(example, 201)
            .ShowsAnswer(changes, 202);
        units.MapGet("/{code}/changes", Changes).AnyRole().Produces<UnitChanges>().ShowsAnswer(changes);
        units.MapPost("/{code}/approve-change", Approve).RequireRoles(Role.Administrator, Role.OfficeDirector).Produces<UnitView>()
            .ShowsAnswer(example);
        units.MapPost("/{code}/refuse-change", Refuse).RequireRoles(Role.Administrator, Role.OfficeDirector).Produces<UnitView>()
            .ShowsAnswer(example)
            .ShowsRequest(new RefuseChangeBody("类别应从下月起调整，不涉及本月。"));
    }

    /// <summary>列出全部办理单位</summary>
    /// <remarks>按单位代码排序，不分页。</remarks>
    internal static async Task<IResult> List(UnitDirectory units) => Answer.Ok(new Listed<UnitView>([.. (await units.All()).Select(UnitView.Of)]));

    /// <summary>查看办理单位</summary>
    /// <param name="code">单位代码。</param>
    internal static async Task<IResult> Get(string code, IGrainFactory grains)
    {
        var unit = UnitRules.IsCode(code) ? await Grain(grains, code).Get() : null;
        return unit is null ? Refusal.NotFound : Answer.Ok(UnitView.Of(unit), unit.Version);
    }

    /// <summary>登记或修改办理单位</summary>
    /// <remarks>
    /// 没有写出的字段保持原样，写出并为空（null）的清空。单位代码登记后不再改变。带 If-Match 时先核对版本。
    /// 类别从下个月起改变（见 tierFrom），本月和以前各月的排名仍按原类别。指明从本月或更早的月份起改变类别，或启用、停用日期的改变会使本月或以前某月的排名表
    /// 增加或减少单位的，成为提请（202），列出涉及的排名表和名次变化，由另一人批准后生效；其余内容立即生效。涉及的月份已经公布的，不接受。
    /// 新登记的单位、历史导入自动建立后第一次登记的单位，立即生效。
    /// </remarks>
    /// <param name="code">单位代码：字母、数字或汉字，最长 64 个字符。</param>
    internal static async Task<IResult> Put(string code, Body<UnitBody> body, CommandContext command, IGrainFactory grains,
        UnitDirectory units)
    {
        if (!UnitRules.IsCode(code))
        {
            return Refusal.Of(UnitRules.CodeInvalid);
        }

        var described = await Grain(grains, code).Describe(UnitBody.Read(body), command.Call);
        units.Forget();
        var waiting = described.Value is { Waits: true, Unit: var unit } ? await ChangesOf(unit, grains) : null;
        return Answer.Of(described, outcome =>
            waiting is not null ? Answer.Accepted($"{Address(code)}/changes", waiting, outcome.Unit.Version)
            : outcome.Unit.Version == 1 ? Answer.Created(Address(code), UnitView.Of(outcome.Unit), 1)
            : Answer.Ok(UnitView.Of(outcome.Unit), outcome.Unit.Version));
    }

    /// <summary>查看办理单位的变更提请</summary>
    /// <remarks>待批准的变更涉及哪些月份的排名表，哪些单位的名次、后三位或末位会因此变化（按现有工单计算）；以及最近决定的变更。</remarks>
    /// <param name="code">单位代码。</param>
    internal static async Task<IResult> Changes(string code, IGrainFactory grains)
    {
        var unit = UnitRules.IsCode(code) ? await Grain(grains, code).Get() : null;
        return unit is null ? Refusal.NotFound : Answer.Ok(await ChangesOf(unit, grains), unit.Version);
    }

    /// <summary>批准办理单位的变更</summary>
    /// <remarks>批准人不得是提请人。批准后立即生效；其间涉及的月份已经公布的，不得批准。带 If-Match 时先核对版本。</remarks>
    /// <param name="code">单位代码。</param>
    internal static async Task<IResult> Approve(string code, CommandContext command, IGrainFactory grains, UnitDirectory units)
    {
        var approved = await Grain(grains, code).ApproveChange(command.Call);
        units.Forget();
        return Answer.Of(approved, unit => Answer.Ok(UnitView.Of(unit), unit.Version));
    }

    /// <summary>撤回或驳回办理单位的变更</summary>
    /// <remarks>提请人撤回，他人驳回，都记录在案。带 If-Match 时先核对版本。</remarks>
    /// <param name="code">单位代码。</param>
    internal static async Task<IResult> Refuse(string code, RefuseChangeBody body, CommandContext command, IGrainFactory grains,
        UnitDirectory units)
    {
        var refused = await Grain(grains, code).RefuseChange(body.Reason, command.Call);
        units.Forget();
        return Answer.Of(refused, unit => Answer.Ok(UnitView.Of(unit), unit.Version));
    }

    private static async Task<UnitChanges> ChangesOf(Unit unit, IGrainFactory grains)
    {
        var tables = unit.Waiting is null ? [] : await grains.GetGrain<IUnitTrialsGrain>(IUnitTrialsGrain.Key).Run(unit.Code);
        return new(UnitView.Of(unit), tables, [.. (await Grain(grains, unit.Code).DecidedChanges()).Select(DecidedChangeView.Of)]);
    }

    private static IUnitGrain Grain(IGrainFactory grains, string code) => grains.GetGrain<IUnitGrain>(UnitKeys.Of(code));

    private static string Address(string code) => "/api/v1/units/" + Uri.EscapeDataString(code);
}
