using Hotline.Notices;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Tickets;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Api;

/// <summary>单位近况：一次读取即知本月、近十二个月与在办情况。</summary>
/// <param name="Unit">单位</param>
/// <param name="ThisMonth">本月至今（即时计算）</param>
/// <param name="ReplyRate">本月回复率；本月不在排名表中时为空</param>
/// <param name="CompletionRate">本月办结率</param>
/// <param name="SatisfactionRate">本月满意率</param>
/// <param name="Flags">本月标记，同排名表</param>
/// <param name="Months">此前十一个月，从新到旧</param>
/// <param name="StreakAtRisk">连续后三位的提示；没有则为空</param>
/// <param name="Open">在办工单数</param>
/// <param name="Overdue">其中已超期</param>
/// <param name="RedCards">其中已亮红牌</param>
/// <param name="OpenByDesk">在办工单现在由谁办</param>
/// <param name="QuartersWon">获评优秀的季度，从新到旧</param>
/// <param name="OpenReports">未作的检查报告，期限近的在前</param>
internal sealed record UnitStanding(UnitView Unit, MonthStanding ThisMonth, DueRate? ReplyRate, DueRate? CompletionRate, SatisfactionRate? SatisfactionRate,
    IReadOnlyList<string> Flags, IReadOnlyList<MonthStanding> Months, string? StreakAtRisk, long Open, long Overdue, long RedCards,
    IReadOnlyList<OpenAtDesk> OpenByDesk, IReadOnlyList<WonQuarter> QuartersWon, IReadOnlyList<OpenReport> OpenReports);

/// <summary>单位某月的名次。</summary>
/// <param name="Status">排名表状态</param>
/// <param name="Revision">公布版本；未公布为 0</param>
/// <param name="Rank">名次；未参加排名为空</param>
/// <param name="RankedUnits">参加排名的单位数</param>
/// <param name="NotRankedReason">没有名次的原因；有名次为空</param>
/// <param name="Score">综合分</param>
/// <param name="BottomThree">是否后三位</param>
/// <param name="Streak">连续后三位的月数</param>
internal sealed record MonthStanding(Month Month, LeagueStatus Status, int Revision, int? Rank, int RankedUnits, string? NotRankedReason, decimal? Score,
    bool BottomThree, int Streak);

/// <summary>One read for a unit.</summary>
internal static class StandingEndpoint
{
    private const int PastMonths = 11;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/units/{code}/standing", Get).WithTags(Tags.Scores).AnyRole().Produces<UnitStanding>();

    /// <summary>查看单位近况</summary>
    /// <remarks>本月至今的名次、分数与各项指标，此前十一个月，连续后三位的提示，获评优秀的季度，在办、超期和红牌件数，未作的检查报告。回访中心不参加排名，没有此项。</remarks>
    /// <param name="code">单位代码、名称或别名。</param>
    internal static async Task<IResult> Get(string code, HttpContext http, UnitDirectory units, IGrainFactory grains, TicketIndex tickets, TimeProvider clock)
    {
        var unit = await units.Resolve(code);
        if (unit is null or { Tier: UnitTier.Centre } || (http.Features.GetRequiredActor().Unit is { } own && own != unit.Code))
        {
            return Refusal.NotFound;
        }

        var tier = unit.Tier == UnitTier.Station ? LeagueTier.Station : LeagueTier.Brigade;
        var now = ShanghaiTime.MonthOf(clock.GetUtcNow());
        var from = Month.Of(now.FirstDay.AddMonths(-PastMonths));
        var map = grains.GetGrain<ILeagueInquiryGrain>(LeagueKeys.Inquiry).HeatMap(from, now, tier);
        var table = grains.GetGrain<ILeagueTablesGrain>(LeagueKeys.Tables).Get(now, tier, null);
        var record = grains.GetGrain<INoticesGrain>(INoticesGrain.Key).RecordOf(unit.Code);
        var open = await tickets.OpenOf(unit.Code, http.RequestAborted);
        if (((await map).Rejection ?? (await table).Rejection) is { } rejection)
        {
            return Refusal.Of(rejection);
        }

        return Answer.Ok(Standing(unit, (await map).Value!, (await table).Value!, open, await record));
    }

    private static UnitStanding Standing(Unit unit, HeatMap map, LeagueTable table, IReadOnlyList<OpenAtDesk> open, UnitRecord record)
    {
        var cells = map.Units.FirstOrDefault(r => r.Unit.Code == unit.Code)?.Cells
            ?? [.. map.Months.Select(m => new HeatCell(null, m.RankedUnits, null, false, 0, m.Status, HeatMapRules.ReasonOf(null)))];
        var months = map.Months.Zip(cells, (m, c) => new MonthStanding(m.Month, m.Status, m.Revision, c.Rank, c.RankedUnits, c.NotRankedReason, c.Score,
            c.BottomThree, c.Streak)).Reverse().ToArray();
        var row = table.Rows.FirstOrDefault(r => r.Unit.Code == unit.Code);
        return new(UnitView.Of(unit), months[0], row?.ReplyRate, row?.CompletionRate, row?.SatisfactionRate, row?.Flags ?? [], months[1..],
            StandingRules.Streak(cells[^2].Streak, cells[^1], table.Policy.StreakMonths), open.Sum(o => o.Open), open.Sum(o => o.Overdue),
            open.Sum(o => o.RedCards), open, record.QuartersWon, record.OpenReports);
    }
}
