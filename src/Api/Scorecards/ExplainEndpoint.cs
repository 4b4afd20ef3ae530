using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Tickets;
using Hotline.Units;

namespace Hotline.Api;

/// <summary>Why a unit stands where it stands.</summary>
internal static class ExplainEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/league-tables/{month}/units/{code}/explain", Get).WithTags(Tags.Scores).AnyRole().Produces<UnitExplanation>();

    /// <summary>说明某单位某月的分数和名次</summary>
    /// <remarks>
    /// 先看 summary：名次、主要失分、影响最大的一件工单。再往下：每项指标如何形成，每件失分工单的原因、扣了多少分、因此失去几个名次；
    /// 哪些工单不计入及原因；与前后名次的分差；为何未参加排名、为何列后三位。已公布的月份按公布的截止时刻说明，其后的变化另行指出。
    /// </remarks>
    /// <param name="month" example="2026-10">月份。</param>
    /// <param name="code" example="DG">单位代码、名称或别名。</param>
    /// <param name="tier">排名范围；不填为该单位所属的范围（派出所或大队）。</param>
    /// <param name="revision">说明较早的公布版本。</param>
    internal static async Task<IResult> Get(MonthParameter month, string code, CodeParameter<LeagueTier>? tier, HttpContext http, UnitDirectory units,
        IGrainFactory grains, TicketTitles titles, int? revision = null)
    {
        var actor = http.Features.GetRequiredActor();
        var unit = await units.Resolve(code);
        if (unit is null or { Tier: UnitTier.Centre } || (actor.Unit is { } own && own != unit.Code))
        {
            return Refusal.NotFound;
        }

        var asked = tier?.Value ?? (unit.TierIn(month.Month) == UnitTier.Brigade ? LeagueTier.Brigade : LeagueTier.Station);
        var read = await grains.GetGrain<ILeagueTablesGrain>(LeagueKeys.Tables).Explain(month.Month, asked, unit.Code, revision);
        if (read.Value is not { } explanation)
        {
            return Refusal.Of(read.Rejection!);
        }

        return Answer.Ok(TicketEndpoints.Readers.Any(actor.Has) ? await Titled(explanation, titles, http.RequestAborted) : explanation);
    }

    /// <summary>For those who may read tickets: the titles, and why what was excluded was excluded.</summary>
    private static async Task<UnitExplanation> Titled(UnitExplanation plain, TicketTitles titles, CancellationToken cancellationToken)
    {
        string[] ids = [.. plain.CostliestTickets.Select(t => t.Id).Concat(plain.Measures.SelectMany(m => m.NotCounted).Select(t => t.Id)).Distinct()];
        var known = await titles.Of(ids, cancellationToken);
        string? Title(string id) => known.GetValueOrDefault(id)?.Title;
        string Reason(UncountedTicket t) =>
            t.Reason == ReasonRules.Excluded && known.GetValueOrDefault(t.Id)?.ExclusionReason is { } why ? $"{t.Reason}：{why}" : t.Reason;
        return plain with
        {
            CostliestTickets = [.. plain.CostliestTickets.Select(t => t with { Title = Title(t.Id) })],
            Measures =
            [
                .. plain.Measures.Select(m => m with
                {
                    Losses = [.. m.Losses.Select(l => l with { Title = Title(l.Id) })],
                    NotCounted = [.. m.NotCounted.Select(t => t with { Title = Title(t.Id), Reason = Reason(t) })],
                }),
            ],
        };
    }
}
