using Hotline.Notices;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>年终奖励名单: read by everyone, approved by two people. The reward itself is not this system's matter.</summary>
internal static class RewardEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var rewards = api.MapGroup("/years/{year}/reward-list").WithTags(Tags.Awards);
        rewards.MapGet("", Get).AnyRole().Produces<RewardList>();
        rewards.MapPost("/propose", Propose).RequireRoles(Role.OfficeDirector).Produces<RewardList>();
        rewards.MapPost("/approve", Approve).RequireRoles(Role.DeputyChief, Role.Leader).Produces<RewardList>();
        rewards.MapPost("/withdraw-proposal", End).RequireRoles(Role.OfficeDirector, Role.DeputyChief, Role.Leader)
            .ShowsRequest(new ReasonBody("第四季度名单正在更正，待更正后重新提请。")).Produces<RewardList>();
    }

    /// <summary>查看年终奖励名单</summary>
    /// <remarks>一年内三次以上（含三次）获评季度优秀的单位，按已批准的季度名单的最新版本计算。未批准时为预览。</remarks>
    /// <param name="year" example="2026">年份。</param>
    /// <param name="revision">读取较早的版本。</param>
    /// <param name="preview">已提请或已批准的，也按现在的名单计算。</param>
    internal static async Task<IResult> Get(YearParameter year, IGrainFactory grains, int? revision = null, bool preview = false) =>
        Answer.Of(await Grain(grains, year).List(revision, preview), list => Answer.Ok(list));

    /// <summary>提请批准年终奖励名单</summary>
    /// <remarks>全年结束、已公布排名的各季度名单都批准之后才能提请；更正已批准的名单须写明原因。</remarks>
    /// <param name="year" example="2026">年份。</param>
    internal static async Task<IResult> Propose(YearParameter year, ProposeList body, CommandContext command, IGrainFactory grains) =>
        Answer.Of(await Grain(grains, year).Propose(body.Reason, command.Call), list => Answer.Ok(list));

    /// <summary>批准年终奖励名单</summary>
    /// <remarks>批准人不得是提请人。</remarks>
    /// <param name="year" example="2026">年份。</param>
    internal static async Task<IResult> Approve(YearParameter year, CommandContext command, IGrainFactory grains) =>
        Answer.Of(await Grain(grains, year).Approve(command.Call), list => Answer.Ok(list));

    /// <summary>撤回或驳回年终名单的提请</summary>
    /// <remarks>提请人本人为撤回，其他人为驳回。原因和原提请留存备查。</remarks>
    /// <param name="year" example="2026">年份。</param>
    internal static async Task<IResult> End(YearParameter year, ReasonBody body, CommandContext command, IGrainFactory grains) =>
        Answer.Of(await Grain(grains, year).EndProposal(body.Reason, command.Call), list => Answer.Ok(list));

    private static IYearGrain Grain(IGrainFactory grains, YearParameter year) => grains.GetGrain<IYearGrain>(AwardKeys.OfYear(year.Year));
}
