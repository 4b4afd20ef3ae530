using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Tickets;
using Hotline.Units;

namespace Hotline.Api;

/// <summary>Who moved a figure, and by how much.</summary>
internal static class MovesEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/league-tables/{month}/moves", Get).WithTags(Tags.Scores).AnyRole()
        .Produces<LeagueMoves>().ShowsAnswer(Example);

    /// <summary>列出影响某月数字的决定</summary>
    /// <remarks>
    /// 凡改变了或者本来会改变本月数字的决定，逐项列出：谁、何时、为什么，时限从何时到何时，综合分和名次因此变动多少。包括延期、挂起、退单、收回、撤单、转110、更正、并单、
    /// 日历更正、认定答复无效、剔除和认定无责。影响按“如作相反的决定”计算：时限移回决定以前，无责的了结取消，剔除取消或者准予，无效的答复照计，未同意的延期准予；其余一切不变。
    /// 已公布或已提请公布的月份，只列截止时刻以前的决定；其余按现在的事实。单位人员只看到本单位的。标题和理由只有可以查看工单的人看得到。
    /// </remarks>
    /// <param name="month" example="2026-10">月份。</param>
    /// <param name="tier">排名范围：station 派出所（缺省），brigade 大队，all 合并。</param>
    /// <param name="unit" example="DG">只看一个单位：代码、名称或别名。</param>
    /// <param name="limit">每页条数，1 至 200，默认 50。</param>
    /// <param name="cursor">翻页标记。</param>
    internal static async Task<IResult> Get(MonthParameter month, HttpContext http, UnitDirectory units, IGrainFactory grains,
        CodeParameter<LeagueTier>? tier = null, string? unit = null, PageSize? limit = null, string? cursor = null)
    {
        var actor = http.Features.GetRequiredActor();
        var named = string.IsNullOrEmpty(unit) ? actor.Unit : (await units.Resolve(unit))?.Code;
        if (named is null && !string.IsNullOrEmpty(unit))
        {
            return Refusal.Of(new Rejection("unit.unknown", "没有这个单位，或无权查看。", RejectionKind.NotFound, "?unit"));
        }

        if (actor.Unit is { } own && named != own)
        {
            return Refusal.NotFound;
        }

        var question = new MovesQuestion(named, limit?.Rows ?? PageSize.Usual, cursor, TicketEndpoints.Readers.Any(actor.Has));
        var inquiry = grains.GetGrain<ILeagueInquiryGrain>(LeagueKeys.Inquiry);
        return Answer.Of(await inquiry.Moves(month.Month, LeagueGrains.Tier(tier), question), moves => Answer.Ok(moves));
    }

    private static LeagueMoves Example { get; } = new(new(2026, 10), LeagueTier.Station, LeagueStatus.Published, 1, At(11, 5, 10),
        new(1, [new(MoveKind.ExtensionApproved, MoveEffectRules.NameOf(MoveKind.ExtensionApproved), 1)], "共 1 项决定，其中 1 项影响综合分，1 项影响名次。"),
        [
            new("T-7ZK3QF5M2XA4", "JN-20261009-0417", "流动商贩扩音喇叭扰民", new("DG", "东关派出所"), ObligationRole.Lead, MoveKind.ExtensionApproved,
                MoveEffectRules.NameOf(MoveKind.ExtensionApproved), "王主任", "王芳", At(10, 14, 10), "检测机构出具了排期证明，同意延期。", "需等待噪声检测报告。",
                At(10, 14, 17), At(10, 21, 17), null, null, 1.25m, 1),
        ], null);

    private static DateTimeOffset At(int month, int day, int hour) => new(2026, month, day, hour, 30, 0, TimeSpan.FromHours(8));
}
