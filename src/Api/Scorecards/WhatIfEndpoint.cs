using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Api;

/// <summary>What would be, if. Nothing is stored.</summary>
internal static class WhatIfEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/league-tables/{month}/what-if", Try).WithTags(Tags.Scores)
        .RequireRoles([.. TicketEndpoints.Readers, Role.Administrator]).Produces<TrialAnswer>()
        .ShowsRequest(new WhatIf(["JN-20261009-0417"], 0.8m, null, TrialPeriod.Month));

    /// <summary>试算名次</summary>
    /// <remarks>
    /// 假设没有某些工单、“基本满意”按另一折算值、适用另一个已存入的考核办法版本，或几项同时假设，名次会怎样；可按月，也可按季度（三个月件数合并计算）。
    /// 结果标明 trial，不保存，不影响任何排名。已公布的月份以公布的数字为基础。单位人员只能去掉本单位的工单。
    /// </remarks>
    /// <param name="month" example="2026-10">月份。</param>
    /// <param name="tier">排名范围。</param>
    internal static async Task<IResult> Try(MonthParameter month, CodeParameter<LeagueTier> tier, WhatIf body, CommandContext command, IGrainFactory grains) =>
        Answer.Of(await grains.GetGrain<ILeagueInquiryGrain>(LeagueKeys.Inquiry).WhatIf(month.Month, tier.Value, body, command.Actor.Unit), answer => Answer.Ok(answer));
}
