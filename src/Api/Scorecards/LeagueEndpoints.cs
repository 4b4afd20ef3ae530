using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>League tables and flags: read by everyone, closed and published by two people.</summary>
internal static class LeagueEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var tables = api.MapGroup("/league-tables").WithTags(Tags.Scores);
        tables.MapGet("", Totals).AnyRole().Produces<Listed<MonthTotal>>();
        tables.MapGet("/{month}", Get).AnyRole().Produces<BriefTable>();
        tables.MapPost("/{month}/close", Close).RequireRoles(Role.OfficeDirector, Role.Administrator).Produces<LeagueTable>();
        tables.MapPost("/{month}/propose-publication", Propose).RequireRoles(Role.OfficeDirector).Produces<LeagueTable>();
        tables.MapPost("/{month}/approve-publication", Approve).RequireRoles(Role.DeputyChief, Role.Leader).Produces<LeagueTable>();
        tables.MapGet("/{month}/verify", Verify).RequireRoles(Verifiers).Produces<LeagueVerification>().Produces<VerificationRun>(202);
        tables.MapPost("/{month}/verify", Verify).RequireRoles(Verifiers).WithName("VerifyAgain").Produces<LeagueVerification>().Produces<VerificationRun>(202);
        api.MapGet("/flags/bottom-three", Flags).WithTags(Tags.Scores).AnyRole().Produces<BottomThreeFlags>();
    }

    private static Role[] Verifiers { get; } = [Role.OfficeDirector, Role.DeputyChief, Role.Leader, Role.Auditor, Role.Administrator];

    /// <summary>查看月度排名</summary>
    /// <remarks>
    /// 任何月份都可查看。当月和未关账的月份即时计算（status 为 live）；已关账未公布的为 provisional；已公布的逐字节不变。
    /// 名次按精确分数排列，并列同名次（1、2、2、4）；有效回访不足的单位列在最后，不参加排名。
    /// </remarks>
    /// <param name="month" example="2026-10">月份。</param>
    /// <param name="tier">排名范围：station 派出所（缺省），brigade 大队，all 合并。</param>
    /// <param name="revision">读取较早的公布版本。</param>
    /// <param name="detail">brief 主要栏目（缺省）；full 全部栏目，同关账、公布等操作的回应。</param>
    internal static async Task<IResult> Get(MonthParameter month, HttpContext http, IGrainFactory grains, CodeParameter<LeagueTier>? tier = null, int? revision = null,
        CodeParameter<LeagueDetail>? detail = null)
    {
        var read = await LeagueGrains.Tables(grains).Get(month.Month, LeagueGrains.Tier(tier), revision);
        if (read.IsDone && revision is not null)
        {
            // A numbered revision never changes; only who may read it does.
            http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        }

        return Answer.Of(read, table => detail?.Value == LeagueDetail.Full ? Answer.Ok(table, table.Version) : Answer.Ok(BriefTable.Of(table), table.Version));
    }

    /// <summary>查看逐月合计</summary>
    /// <remarks>分局整体的走势：各月全部单位件数相加后计算的三项指标，不是比率的平均。最多 120 个月。</remarks>
    /// <param name="from" example="2026-01">起始月份。</param>
    /// <param name="to" example="2026-12">截止月份。</param>
    /// <param name="tier">范围：station 派出所（缺省），brigade 大队，all 合并。</param>
    internal static async Task<IResult> Totals(MonthParameter from, MonthParameter to, IGrainFactory grains, CodeParameter<LeagueTier>? tier = null) =>
        Answer.Of(await LeagueGrains.Tables(grains).Totals(from.Month, to.Month, LeagueGrains.Tier(tier)), totals => Answer.Ok(new Listed<MonthTotal>(totals)));

    /// <summary>关账</summary>
    /// <remarks>月份结束后把排名表转为预公布（provisional），此后仍随审核、回访和剔除的结果变化，直到提请公布。重复关账没有影响。</remarks>
    /// <param name="month" example="2026-10">已结束的月份。</param>
    /// <param name="tier">排名范围，缺省为派出所。</param>
    internal static async Task<IResult> Close(MonthParameter month, CommandContext command, IGrainFactory grains, CodeParameter<LeagueTier>? tier = null) =>
        Of(await LeagueGrains.Table(grains, month, tier).Close(command.Call));

    /// <summary>提请公布</summary>
    /// <remarks>固定截止时刻和全部数字，等待另一人批准。再次提请以新的数字替换。</remarks>
    /// <param name="month" example="2026-10">已关账的月份。</param>
    /// <param name="tier">排名范围，缺省为派出所。</param>
    internal static async Task<IResult> Propose(MonthParameter month, CommandContext command, IGrainFactory grains, CodeParameter<LeagueTier>? tier = null) =>
        Of(await LeagueGrains.Table(grains, month, tier).ProposePublication(command.Call));

    /// <summary>批准公布</summary>
    /// <remarks>批准人不得是提请人。公布后内容永不改变，只能以新版本更正。</remarks>
    /// <param name="month" example="2026-10">已提请公布的月份。</param>
    /// <param name="tier">排名范围，缺省为派出所。</param>
    internal static async Task<IResult> Approve(MonthParameter month, CommandContext command, IGrainFactory grains, CodeParameter<LeagueTier>? tier = null) =>
        Of(await LeagueGrains.Table(grains, month, tier).ApprovePublication(command.Call));

    /// <summary>核验公布内容</summary>
    /// <remarks>
    /// 按公布时的考核办法和单位名册，从工单的办理经过重新计算到截止时刻，与公布内容逐字节比较，列出不一致之处；
    /// 同时检查公布内容和办理经过是否被改动、索引与办理经过是否一致。十秒内未完成的，回应 202，按 Location 继续读取，直至得到结果。截止时刻以后的事实会改变什么，另行列出（later）。
    /// </remarks>
    /// <param name="month" example="2026-10">已公布的月份。</param>
    /// <param name="tier">排名范围，缺省为派出所。</param>
    /// <param name="revision">核验较早的公布版本；缺省为最新版本。</param>
    /// <param name="run">已开始的核验的编号，见 202 的 Location；缺省为重新核验。</param>
    internal static async Task<IResult> Verify(MonthParameter month, IGrainFactory grains, CodeParameter<LeagueTier>? tier = null, int? revision = null, string? run = null)
    {
        var table = LeagueGrains.Table(grains, month, tier);
        return Answer.Of(await (run is null ? table.Verify(revision) : table.Verification(run)), begun => begun.Result is { } result ? Answer.Ok(result)
            : Answer.Accepted($"/api/v1/league-tables/{month.Month}/verify?tier={Codes.Of(LeagueGrains.Tier(tier))}&run={begun.Run}", begun));
    }

    /// <summary>连续后三位预警</summary>
    /// <remarks>列出本月处于后三位、且已连续达到规定月数的单位及其各月名次。未参加排名的月份按考核办法跳过或中断。</remarks>
    /// <param name="month" example="2026-10">月份。</param>
    /// <param name="tier">排名范围，缺省为派出所。</param>
    /// <param name="atRisk">同时列出再有一个月就达到规定月数的单位。</param>
    internal static async Task<IResult> Flags(MonthParameter month, IGrainFactory grains, CodeParameter<LeagueTier>? tier = null, bool atRisk = false) =>
        Answer.Of(await LeagueGrains.Tables(grains).Flags(month.Month, LeagueGrains.Tier(tier), atRisk), flags => Answer.Ok(flags));

    public static IResult Of(Result<LeagueTable> result) => Answer.Of(result, table => Answer.Ok(table, table.Version));
}
