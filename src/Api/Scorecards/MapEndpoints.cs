using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Tickets;
using Hotline.Units;

namespace Hotline.Api;

/// <summary>Resources that a dashboard draws without computing, and the tickets behind fixed figures.</summary>
internal static class MapEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var tables = api.MapGroup("/league-tables").WithTags(Tags.Scores);
        tables.MapGet("/heat-map", HeatMap).AnyRole().Produces<HeatMap>();
        tables.MapGet("/series", Series).AnyRole().Produces<TotalSeries>();
        tables.MapGet("/{month}/units/{code}/tickets", Tickets).RequireRoles(TicketEndpoints.Readers).Produces<Listed<CountedTicket>>();
    }

    /// <summary>名次热力图</summary>
    /// <remarks>单位 × 月份：名次、参评单位数、综合分、是否后三位、连续月数；没有名次的格子说明原因。单位按代码排列，每行的格子与各月一一对应。最多 36 个月。</remarks>
    /// <param name="from" example="2026-01">起始月份。</param>
    /// <param name="to" example="2026-12">截止月份。</param>
    /// <param name="tier">排名范围。</param>
    internal static async Task<IResult> HeatMap(MonthParameter from, MonthParameter to, CodeParameter<LeagueTier> tier, IGrainFactory grains) =>
        Answer.Of(await Inquiry(grains).HeatMap(from.Month, to.Month, tier.Value), map => Answer.Ok(map));

    /// <summary>分局整体走势</summary>
    /// <remarks>各月与各年的合计（全部单位件数相加后计算），附同比：与上年相同月份相比。未满一年的年份只与上年的同一时段比。最多 120 个月。</remarks>
    /// <param name="from" example="2026-01">起始月份。</param>
    /// <param name="to" example="2026-12">截止月份。</param>
    /// <param name="tier">范围。</param>
    internal static async Task<IResult> Series(MonthParameter from, MonthParameter to, CodeParameter<LeagueTier> tier, IGrainFactory grains) =>
        Answer.Of(await Inquiry(grains).Series(from.Month, to.Month, tier.Value), series => Answer.Ok(series));

    /// <summary>列出某项指标背后的工单</summary>
    /// <remarks>恰为该数字分母所含的工单，按数字形成的时刻：已公布的月份为公布的截止时刻，其余为现在。未联系上列出构成该数字的工单。</remarks>
    /// <param name="month" example="2026-10">月份。</param>
    /// <param name="code" example="DG">单位代码、名称或别名。</param>
    /// <param name="tier">排名范围。</param>
    /// <param name="measure">指标：reply 回复率，completion 办结率，satisfaction 满意率，unreached 未联系上。</param>
    /// <param name="revision">较早的公布版本。</param>
    internal static async Task<IResult> Tickets(MonthParameter month, string code, CodeParameter<LeagueTier> tier, CodeParameter<MeasureName> measure, HttpContext http,
        UnitDirectory units, IGrainFactory grains, TicketTitles titles, int? revision = null)
    {
        var unit = await units.Resolve(code);
        if (unit is null || (http.Features.GetRequiredActor().Unit is { } own && own != unit.Code))
        {
            return Refusal.NotFound;
        }

        var read = await Inquiry(grains).Tickets(month.Month, tier.Value, unit.Code, measure.Value, revision);
        if (read.Value is not { } tickets)
        {
            return Refusal.Of(read.Rejection!);
        }

        var known = await titles.Of([.. tickets.Select(t => t.Id)], http.RequestAborted);
        return Answer.Ok(new Listed<CountedTicket>([.. tickets.Select(t => t with { Title = known.GetValueOrDefault(t.Id)?.Title })], null, tickets.Count));
    }

    private static ILeagueInquiryGrain Inquiry(IGrainFactory grains) => grains.GetGrain<ILeagueInquiryGrain>(LeagueKeys.Inquiry);
}
