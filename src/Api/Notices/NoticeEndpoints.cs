using Hotline.Notices;
using Hotline.Shared;
using Hotline.Units;
using Microsoft.AspNetCore.Http.Features;

namespace Hotline.Api;

/// <summary>通报: drafted by rule, read by those concerned, issued and withdrawn by people.</summary>
internal static class NoticeEndpoints
{
    /// <summary>Those who see drafts and every unit's notices. A unit's own people see what went out to their unit.</summary>
    private static readonly Role[] Insiders = [Role.OfficeDirector, Role.DeputyChief, Role.Leader, Role.Auditor, Role.CommandSystem];

    private static readonly Role[] Office = [Role.OfficeDirector, Role.DeputyChief, Role.Leader];

    public static void Map(RouteGroupBuilder api)
    {
        var notices = api.MapGroup("/notices").WithTags(Tags.Awards);
        notices.MapGet("", List).RequireRoles([.. Insiders, Role.UnitHandler, Role.UnitHead]).Produces<Listed<NoticeView>>();
        notices.MapGet("/{id}", Get).RequireRoles([.. Insiders, Role.UnitHandler, Role.UnitHead]).Produces<NoticeView>();
        notices.MapPost("/{id}/edit", Edit).RequireRoles(Office).Produces<NoticeView>();
        notices.MapPost("/{id}/issue", Issue).RequireRoles(Office).Produces<NoticeView>();
        notices.MapPost("/{id}/withdraw", Withdraw).RequireRoles(Office).Produces<NoticeView>();
        notices.MapPost("/{id}/deliver", Deliver).RequireRoles(Office).Produces<NoticeView>();
    }

    /// <summary>列出通报</summary>
    /// <remarks>
    /// 排名公布后由系统按规则拟稿：commend 满意率 100% 的表扬，criticise 末位的批评，bottomThreeStreak 连续三个月后三位的检查报告。
    /// 考核办法为仅供参考（advisory）时，后两种只作工作提示。按月份从新到旧。办理单位只看到发给本单位的。
    /// </remarks>
    /// <param name="month" example="2026-10">月份。</param>
    /// <param name="unit">单位代码、名称或别名。</param>
    /// <param name="kind">种类。</param>
    /// <param name="status">状态。</param>
    /// <param name="includeTotal">是否给出总数。</param>
    /// <param name="limit">每页件数，1 至 200，默认 50。</param>
    /// <param name="cursor">翻页标记。</param>
    internal static async Task<IResult> List(HttpContext http, IGrainFactory grains, UnitDirectory units, TimeProvider clock, MonthParameter? month, string? unit,
        CodeParameter<NoticeKind>? kind, CodeParameter<NoticeStatus>? status, bool? includeTotal, PageSize? limit, string? cursor)
    {
        var asked = string.IsNullOrEmpty(unit) ? null : (await units.Resolve(unit))?.Code ?? unit;
        var filter = new NoticeFilter(month?.Month, asked, kind?.Value, status?.Value);
        if (OwnUnitOnly(http) is { } own)
        {
            if (own.Length == 0 || (asked ?? own) != own)
            {
                return Answer.Ok(new Listed<NoticeView>([]));
            }

            filter = filter with { Unit = own, OnlyOut = true };
        }

        var now = clock.GetUtcNow();
        return Answer.Of(await grains.GetGrain<INoticesGrain>(INoticesGrain.Key).List(filter, limit?.Rows ?? PageSize.Usual, cursor, includeTotal ?? false),
            page => Answer.Ok(new Listed<NoticeView>([.. page.Items.Select(n => NoticeView.Of(n, now))], page.NextCursor, page.Total)));
    }

    /// <summary>查看通报</summary>
    /// <remarks>连同全部经过：拟稿、修改、签发、撤回、更正后的核对，每一步的人、时间和原因。</remarks>
    /// <param name="id">通报编号。</param>
    internal static async Task<IResult> Get(string id, HttpContext http, IGrainFactory grains, TimeProvider clock)
    {
        if (!NoticeIdentity.IsId(id))
        {
            return Refusal.NotFound;
        }

        var read = await grains.GetGrain<INoticeGrain>(id).Read();
        return Answer.Of(read, found => OwnUnitOnly(http) is { } own && (found.Notice.Unit.Code != own || !found.Notice.WentOut)
            ? Refusal.NotFound
            : Answer.Ok(NoticeView.Of(found.Notice, clock.GetUtcNow(), found.Steps), found.Notice.Version));
    }

    /// <summary>修改通报文字</summary>
    /// <remarks>仅限签发前。系统拟的原稿保留在经过中。</remarks>
    /// <param name="id">通报编号。</param>
    internal static Task<IResult> Edit(string id, EditNotice body, CommandContext command, IGrainFactory grains, TimeProvider clock) =>
        Change(id, grains, clock, notice => notice.Edit(body.Text, body.Reason, command.Call));

    /// <summary>签发通报</summary>
    /// <remarks>表扬由办公室主任或分局领导签发，批评和检查由分局领导或分管副局长签发。连续后三位的通报签发后产生检查报告任务，直到登记已作。</remarks>
    /// <param name="id">通报编号。</param>
    internal static Task<IResult> Issue(string id, IssueNotice body, CommandContext command, IGrainFactory grains, TimeProvider clock) =>
        Change(id, grains, clock, notice => notice.Issue(body.MeetingOn, body.Note, command.Call));

    /// <summary>撤回通报</summary>
    /// <remarks>决定不发，或收回已签发的。通报和原因都保留。</remarks>
    /// <param name="id">通报编号。</param>
    internal static Task<IResult> Withdraw(string id, WithdrawNotice body, CommandContext command, IGrainFactory grains, TimeProvider clock) =>
        Change(id, grains, clock, notice => notice.Withdraw(body.Reason, command.Call));

    /// <summary>登记检查报告已作</summary>
    /// <remarks>在分局一把手会议上作检查之后登记。逾期才作的仍注明逾期。</remarks>
    /// <param name="id">通报编号。</param>
    internal static Task<IResult> Deliver(string id, DeliverReport body, CommandContext command, IGrainFactory grains, TimeProvider clock) =>
        Change(id, grains, clock, notice => notice.Deliver(body.DeliveredOn, body.Note, command.Call));

    private static async Task<IResult> Change(string id, IGrainFactory grains, TimeProvider clock, Func<INoticeGrain, Task<Result<Notice>>> change) =>
        NoticeIdentity.IsId(id)
            ? Answer.Of(await change(grains.GetGrain<INoticeGrain>(id)), notice => Answer.Ok(NoticeView.Of(notice, clock.GetUtcNow()), notice.Version))
            : Refusal.NotFound;

    /// <summary>The unit to whose issued notices this reader is confined; empty when he belongs to none; null for those who see all.</summary>
    private static string? OwnUnitOnly(HttpContext http)
    {
        var actor = http.Features.GetRequiredActor();
        return actor.Unit is null && Insiders.Any(actor.Has) ? null : actor.Unit ?? "";
    }
}
