using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Tickets;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Api;

/// <summary>单位近况：一次读取即知本月、近十二个月与在办情况。</summary>
/// <param name="Unit">单位</param>
/// <param name="ThisMonth">本月至今（即时计算）</param>
/// <param name="Months">此前十一个月，从新到旧</param>
/// <param name="StreakAtRisk">连续后三位的提示；没有则为空</param>
/// <param name="Open">在办工单数</param>
/// <param name="Overdue">其中已超期</param>
internal sealed record UnitStanding(UnitView Unit, MonthStanding ThisMonth, IReadOnlyList<MonthStanding> Months, string? StreakAtRisk, long Open, long Overdue);

/// <summary>单位某月的名次。</summary>
/// <param name="Status">排名表状态</param>
/// <param name="Rank">名次；未参加排名为空</param>
/// <param name="RankedUnits">参加排名的单位数</param>
/// <param name="Streak">连续后三位的月数</param>
internal sealed record MonthStanding(Month Month, LeagueStatus Status, int? Rank, int RankedUnits, decimal? Score, bool BottomThree, int Streak,
    IReadOnlyList<string> Flags);

/// <summary>One read for a unit.</summary>
internal static class StandingEndpoint
{
    private const int PastMonths = 11;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/units/{code}/standing", Get).WithTags(Tags.Scores).AnyRole().Produces<UnitStanding>();

    /// <summary>查看单位近况</summary>
    /// <remarks>本月至今的名次与分数、此前十一个月、连续后三位的提示、在办和超期件数。回访中心不参加排名，没有此项。</remarks>
    /// <param name="code">单位代码、名称或别名。</param>
    internal static async Task<IResult> Get(string code, HttpContext http, UnitDirectory units, IGrainFactory grains, TicketIndex tickets, TimeProvider clock)
    {
        var unit = await units.Resolve(code);
        if (unit is null or { Tier: UnitTier.Centre } || (http.Features.GetRequiredActor().Unit is { } own && own != unit.Code))
        {
            return Refusal.NotFound;
        }

        var months = new List<MonthStanding>();
        var month = ShanghaiTime.MonthOf(clock.GetUtcNow());
        for (var i = 0; i <= PastMonths; i++, month = month.Previous)
        {
            months.Add(await Standing(unit, month, grains));
        }

        var open = await tickets.CountOpen(unit.Code, http.RequestAborted);
        return Answer.Ok(new UnitStanding(UnitView.Of(unit), months[0], months[1..], AtRisk(months[0], months[1]), open.Open, open.Overdue));
    }

    private static async Task<MonthStanding> Standing(Unit unit, Month month, IGrainFactory grains)
    {
        var tier = unit.Tier == UnitTier.Station ? LeagueTier.Station : LeagueTier.Brigade;
        var read = await grains.GetGrain<ILeagueTablesGrain>(LeagueKeys.Tables).Get(month, tier, null);
        var row = read.Value?.Rows.FirstOrDefault(r => r.Unit.Code == unit.Code);
        return row is null
            ? new(month, read.Value?.Status ?? LeagueStatus.Live, null, read.Value?.RankedUnits ?? 0, null, false, 0, [])
            : new(month, read.Value!.Status, row.Rank, read.Value.RankedUnits, row.Score, row.BottomThree, row.StreakNow?.Streak ?? row.BottomThreeStreak, row.Flags);
    }

    private static string? AtRisk(MonthStanding now, MonthStanding last) => (now.Streak, last.Streak) switch
    {
        ( >= 3, _) => $"本月暂列后三位，已连续 {now.Streak} 个月。",
        ( > 0, _) => $"本月暂列后三位，为连续第 {now.Streak} 个月。",
        (_, > 0) => $"上月为连续第 {last.Streak} 个月后三位，本月暂未列入。",
        _ => null,
    };
}
