using Hotline.Notices;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>提请名单。</summary>
/// <param name="Reason">更正已批准的名单时必填；首次提请不填。</param>
internal sealed record ProposeList([Prose(Limits.Reason)] string? Reason = null);

/// <summary>登记一票否决。</summary>
/// <param name="Unit">单位代码、名称或别名。</param>
/// <param name="Ground">情形。</param>
/// <param name="Evidence">证据：何时何事，依据的材料。</param>
/// <param name="Ticket">有关工单的编号。</param>
internal sealed record RecordVeto([Line(Limits.Name)] string Unit, VetoGround Ground, [Prose(Limits.Reason)] string Evidence, [Line(Limits.Code)] string? Ticket = null);

/// <summary>撤销一票否决。</summary>
/// <param name="Reason">撤销原因。</param>
internal sealed record WithdrawVeto([Prose(Limits.Reason)] string Reason);

/// <summary>季度优秀单位: read by everyone, approved by two people.</summary>
internal static class QuarterEndpoints
{
    private static readonly Role[] Heads = [Role.DeputyChief, Role.Leader];

    private static readonly Role[] Office = [Role.OfficeDirector, .. Heads];

    public static void Map(RouteGroupBuilder api)
    {
        var quarters = api.MapGroup("/quarters/{quarter}").WithTags(Tags.Awards);
        quarters.MapGet("/excellent-units", Get).AnyRole().Produces<QuarterLists>();
        quarters.MapPost("/excellent-units/propose", Propose).RequireRoles(Role.OfficeDirector).Produces<QuarterLists>();
        quarters.MapPost("/excellent-units/approve", Approve).RequireRoles(Heads).Produces<QuarterLists>();
        quarters.MapPost("/excellent-units/withdraw-proposal", End).RequireRoles(Office).ShowsRequest(new ReasonBody("九月排名正在更正，待更正后重新提请。"))
            .Produces<QuarterLists>();
        quarters.MapGet("/vetoes", Vetoes).RequireRoles([.. Office, Role.Auditor]).Produces<Listed<QuarterVeto>>();
        quarters.MapPost("/vetoes", Veto).RequireRoles(Office).Produces<QuarterVeto>(201);
        quarters.MapPost("/vetoes/{id}/withdraw", Withdraw).RequireRoles(Office).Produces<QuarterVeto>();
    }

    /// <summary>查看季度优秀单位</summary>
    /// <remarks>
    /// 三个月的件数相加后计算综合分，不是各月分数的平均。整季有效回访 10 件以上参加评选，前三名获评，第三名并列一并列入，
    /// 一票否决的不参加、由其后单位递补。全部单位都列出，连同合计数字和入选或未入选的原因。
    /// 季度未结束或未批准时为预览；批准后逐字节不变，所依据的排名更正后注明（outdated），以新版本更正。
    /// 单位更名、撤并、新设的，各按自己的代码和启用日期计入有排名的月份，不转入承接单位。
    /// </remarks>
    /// <param name="quarter" example="2026-Q3">季度。</param>
    /// <param name="tier">评选范围；不填则列出考核办法规定的全部范围。</param>
    /// <param name="revision">读取较早的版本。</param>
    /// <param name="preview">已提请或已批准的，也按现在的数字计算。</param>
    internal static async Task<IResult> Get(QuarterParameter quarter, CodeParameter<LeagueTier>? tier, IGrainFactory grains, int? revision = null, bool preview = false) =>
        Answer.Of(await Grain(grains, quarter).Lists(tier?.Value, revision, preview), lists => Answer.Ok(lists));

    /// <summary>提请批准季度优秀单位</summary>
    /// <remarks>三个月的排名都已公布才能提请。固定名单和数字，等待另一人批准；已批准的名单更正时须写明原因。</remarks>
    /// <param name="quarter" example="2026-Q3">季度。</param>
    /// <param name="tier">评选范围。</param>
    internal static async Task<IResult> Propose(QuarterParameter quarter, CodeParameter<LeagueTier> tier, ProposeList body, CommandContext command, IGrainFactory grains) =>
        Answer.Of(await Grain(grains, quarter).Propose(tier.Value, body.Reason, command.Call), lists => Answer.Ok(lists));

    /// <summary>批准季度优秀单位</summary>
    /// <remarks>批准人不得是提请人，也不得是名单中一票否决的登记人。提请之后排名有更正的，须重新提请。</remarks>
    /// <param name="quarter" example="2026-Q3">季度。</param>
    /// <param name="tier">评选范围。</param>
    internal static async Task<IResult> Approve(QuarterParameter quarter, CodeParameter<LeagueTier> tier, CommandContext command, IGrainFactory grains) =>
        Answer.Of(await Grain(grains, quarter).Approve(tier.Value, command.Call), lists => Answer.Ok(lists));

    /// <summary>撤回或驳回季度名单的提请</summary>
    /// <remarks>提请人本人为撤回，其他人为驳回。原因和原提请留存备查。</remarks>
    /// <param name="quarter" example="2026-Q3">季度。</param>
    /// <param name="tier">评选范围。</param>
    internal static async Task<IResult> End(QuarterParameter quarter, CodeParameter<LeagueTier> tier, ReasonBody body, CommandContext command, IGrainFactory grains) =>
        Answer.Of(await Grain(grains, quarter).EndProposal(tier.Value, body.Reason, command.Call), lists => Answer.Ok(lists));

    /// <summary>列出一票否决</summary>
    /// <remarks>连同已撤销的。</remarks>
    /// <param name="quarter" example="2026-Q3">季度。</param>
    internal static async Task<IResult> Vetoes(QuarterParameter quarter, IGrainFactory grains) =>
        Answer.Ok(new Listed<QuarterVeto>(await Grain(grains, quarter).Vetoes()));

    /// <summary>登记一票否决</summary>
    /// <remarks>督办单逾期、虚假联系、泄密，须写明证据。由批准名单的另一人最终认定。</remarks>
    /// <param name="quarter" example="2026-Q3">季度。</param>
    internal static async Task<IResult> Veto(QuarterParameter quarter, RecordVeto body, CommandContext command, IGrainFactory grains) =>
        Answer.Of(await Grain(grains, quarter).Veto(body.Unit, body.Ground, body.Evidence, body.Ticket, command.Call),
            veto => Answer.Created($"/api/v1/quarters/{quarter.Quarter}/vetoes", veto));

    /// <summary>撤销一票否决</summary>
    /// <remarks>记录和原因都保留。已批准的名单须另行提请更正。</remarks>
    /// <param name="quarter" example="2026-Q3">季度。</param>
    /// <param name="id">一票否决的编号。</param>
    internal static async Task<IResult> Withdraw(QuarterParameter quarter, string id, WithdrawVeto body, CommandContext command, IGrainFactory grains) =>
        Answer.Of(await Grain(grains, quarter).WithdrawVeto(id, body.Reason, command.Call), veto => Answer.Ok(veto));

    private static IQuarterGrain Grain(IGrainFactory grains, QuarterParameter quarter) => grains.GetGrain<IQuarterGrain>(AwardKeys.Of(quarter.Quarter));
}
