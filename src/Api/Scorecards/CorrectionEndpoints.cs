using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>原因。</summary>
/// <param name="Reason">原因，随版本长期保存。</param>
internal sealed record ReasonBody([Prose(Limits.Reason)] string Reason);

/// <summary>待批准的更正。</summary>
/// <param name="Table">现行的公布版本，以及更正提请。</param>
/// <param name="Changes">更正前后对照与连带影响。</param>
internal sealed record CorrectionProposal(LeagueTable Table, LeagueChanges Changes);

/// <summary>Corrections of published tables: proposed with a reason by one person, approved by another; what was published stays.</summary>
internal static class CorrectionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var tables = api.MapGroup("/league-tables/{month}").WithTags(Tags.Scores);
        var reason = new ReasonBody("核实后认定两件工单的回访结果登记有误。");
        tables.MapPost("/propose-correction", Propose).RequireRoles(Role.OfficeDirector).ShowsRequest(reason).Produces<CorrectionProposal>();
        tables.MapPost("/approve-correction", Approve).RequireRoles(Role.DeputyChief, Role.Leader).Produces<LeagueTable>();
        tables.MapPost("/withdraw-proposal", End).RequireRoles(Role.OfficeDirector, Role.DeputyChief, Role.Leader)
            .ShowsRequest(new ReasonBody("尚有剔除申请需要复核。")).Produces<LeagueTable>();
        tables.MapGet("/exclusions", Exclusions).RequireRoles(Role.OfficeDirector, Role.DeputyChief, Role.Leader, Role.Auditor, Role.UnitHandler, Role.UnitHead)
            .Produces<LeagueExclusions>();
        tables.MapGet("/revisions", Revisions).AnyRole().Produces<LeagueRevisionList>();
        tables.MapGet("/changes", Changes).AnyRole().Produces<LeagueChanges>();
    }

    /// <summary>提请更正</summary>
    /// <remarks>
    /// 对已公布的排名表，按现在的事实固定新的截止时刻和数字，等待另一人批准。回应给出逐单位的前后对照和连带影响。
    /// 重新计算的结果与已公布的逐字节相同时拒绝。单位沿用公布时的名称和类别。
    /// </remarks>
    /// <param name="month" example="2026-10">已公布的月份。</param>
    /// <param name="tier">排名范围，缺省为派出所。</param>
    internal static async Task<IResult> Propose(MonthParameter month, ReasonBody body, CommandContext command, IGrainFactory grains, CodeParameter<LeagueTier>? tier = null)
    {
        var proposed = await LeagueGrains.Table(grains, month, tier).ProposeCorrection(body.Reason, command.Call);
        if (proposed.Value is not { } table)
        {
            return Refusal.Of(proposed.Rejection!);
        }

        var changes = await LeagueGrains.Tables(grains).Changes(table.Month, table.Tier, table.Proposal?.Revision);
        return Answer.Of(changes with { Replayed = proposed.Replayed }, shown => Answer.Ok(new CorrectionProposal(table, shown), table.Version));
    }

    /// <summary>批准更正</summary>
    /// <remarks>批准人不得是提请人。产生下一个版本（status 为 corrected），此前的版本原样保留。</remarks>
    /// <param name="month" example="2026-10">已提请更正的月份。</param>
    /// <param name="tier">排名范围，缺省为派出所。</param>
    internal static async Task<IResult> Approve(MonthParameter month, CommandContext command, IGrainFactory grains, CodeParameter<LeagueTier>? tier = null) =>
        LeagueEndpoints.Of(await LeagueGrains.Table(grains, month, tier).ApproveCorrection(command.Call));

    /// <summary>撤回或驳回提请</summary>
    /// <remarks>提请公布和提请更正都可以：提请人本人为撤回，其他人为驳回。原因和原提请留存备查。</remarks>
    /// <param name="month" example="2026-10">有待批准提请的月份。</param>
    /// <param name="tier">排名范围，缺省为派出所。</param>
    internal static async Task<IResult> End(MonthParameter month, ReasonBody body, CommandContext command, IGrainFactory grains, CodeParameter<LeagueTier>? tier = null) =>
        LeagueEndpoints.Of(await LeagueGrains.Table(grains, month, tier).EndProposal(body.Reason, command.Call));

    /// <summary>列出剔除申请</summary>
    /// <remarks>本月考核涉及的工单的剔除申请：谁在何时以什么理由和证据申请，谁如何决定。未决定的在前；全部决定以后才能提请公布或更正。办理单位只看到本单位的。</remarks>
    /// <param name="month" example="2026-10">月份。</param>
    /// <param name="tier">排名范围，缺省为派出所。</param>
    internal static async Task<IResult> Exclusions(MonthParameter month, HttpContext http, IGrainFactory grains, CodeParameter<LeagueTier>? tier = null) =>
        Answer.Of(await LeagueGrains.Tables(grains).Exclusions(month.Month, LeagueGrains.Tier(tier)),
            all => Answer.Ok(http.Features.GetRequiredActor().Unit is { } own ? all with { Items = [.. all.Items.Where(i => i.Unit.Code == own)] } : all));

    /// <summary>列出公布版本</summary>
    /// <remarks>各版本的状态、原因、提请人、批准人、截止时刻和校验值，以及待批准、已撤回或驳回的提请。</remarks>
    /// <param name="month" example="2026-10">月份。</param>
    /// <param name="tier">排名范围，缺省为派出所。</param>
    internal static async Task<IResult> Revisions(MonthParameter month, IGrainFactory grains, CodeParameter<LeagueTier>? tier = null) =>
        Answer.Of(await LeagueGrains.Tables(grains).Revisions(month.Month, LeagueGrains.Tier(tier)), list => Answer.Ok(list));

    /// <summary>查看更正的前后对照</summary>
    /// <remarks>逐单位的名次、分数、各项指标前后对照，以及在本月和以后各月引起的变化。以后已公布的排名表内容不变，其连续月数按各月最新版本重新计算。</remarks>
    /// <param name="month" example="2026-10">月份。</param>
    /// <param name="tier">排名范围，缺省为派出所。</param>
    /// <param name="revision">版本号，从 2 起；缺省为待批准的更正，没有则为最新版本。</param>
    internal static async Task<IResult> Changes(MonthParameter month, IGrainFactory grains, CodeParameter<LeagueTier>? tier = null, int? revision = null) =>
        Answer.Of(await LeagueGrains.Tables(grains).Changes(month.Month, LeagueGrains.Tier(tier), revision), changes => Answer.Ok(changes));
}
