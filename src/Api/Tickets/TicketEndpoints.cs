using Hotline.Shared;
using Hotline.Tickets;
using Microsoft.AspNetCore.Mvc;

namespace Hotline.Api;

/// <summary>Tickets: registered, found, read. What is done with them is in <see cref="TicketCommandEndpoints"/>.</summary>
internal static class TicketEndpoints
{
    /// <summary>Everyone who works on cases. Administrators manage the system and see no case; viewers see rankings.</summary>
    public static readonly Role[] Readers =
        [Role.CommandSystem, Role.Dispatcher, Role.UnitHandler, Role.UnitHead, Role.Reviewer, Role.CallbackOfficer, Role.OfficeDirector, Role.DeputyChief, Role.Leader,
         Role.Auditor];

    public static void Map(RouteGroupBuilder api)
    {
        var tickets = api.MapGroup("/tickets").WithTags(Tags.Intake);
        tickets.MapPost("", Register).RequireRoles(Role.CommandSystem, Role.Dispatcher).Produces<TicketView>(201).Produces<TicketView>();
        tickets.MapGet("", List).RequireRoles(Readers).Produces<TicketPage>();
        tickets.MapGet("/{id}", Get).RequireRoles(Readers).Produces<TicketView>();
        tickets.MapGet("/{id}/events", Events).RequireRoles(Readers).Produces<Listed<EventView>>();
        TicketCommandEndpoints.Map(tickets);
        TicketBatchEndpoint.Map(api);
    }

    /// <summary>登记工单</summary>
    /// <remarks>来源与来源编号相同即同一件：再次登记返回已有工单（200），首次登记返回 201。</remarks>
    internal static async Task<IResult> Register(Body<Register> body, CommandContext command, IGrainFactory grains)
    {
        var id = TicketIdentity.KeyOf(body.Value.Source, body.Value.ExternalNo);
        return TicketAnswer.Of(await grains.Ticket(id).Register(body.Value, command.Call));
    }

    /// <summary>查找工单</summary>
    /// <remarks>按登记时间从新到旧。时间参数须带时区偏移，网址中的加号写作 %2B；from 含当时，to 不含。</remarks>
    /// <param name="unit">主办单位（代码、名称或别名）。</param>
    /// <param name="status">状态，可重复。</param>
    /// <param name="topic">诉求分类。</param>
    /// <param name="overdue">true 只看已超期未了结的，false 只看未超期的。</param>
    /// <param name="from">登记时间起。</param>
    /// <param name="to">登记时间止。</param>
    /// <param name="q">在标题、内容和来源编号中查找的文字。</param>
    /// <param name="externalNo">来源编号。</param>
    /// <param name="source">来源。</param>
    /// <param name="scoredUnit">计分单位代码：配合 month 与 measure，列出某项指标背后的工单。</param>
    /// <param name="month">计分月份，如 2026-10。</param>
    /// <param name="measure">reply 回复，completion 办结，satisfaction 满意，unreached 未联系上；received 收到的全部责任，以及其中不计入的：withdrawn 撤单，recalled 收回，handedBack 退单，suspended 挂起，compressed 时限压缩，excluded 剔除，transferred 转110，diverted 分流，notNeeded 无须协办，notYetDue 尚未到期。</param>
    /// <param name="includeTotal">是否给出总数。</param>
    /// <param name="limit">每页件数，1 至 200，默认 50。</param>
    /// <param name="cursor">翻页标记。</param>
    internal static async Task<IResult> List(HttpContext http, TicketIndex index, Units.UnitDirectory units, string? unit, [FromQuery] string[]? status,
        string? topic, bool? overdue, InstantParameter? from, InstantParameter? to, string? q, string? externalNo, string? source, string? scoredUnit,
        string? month, string? measure, bool? includeTotal, PageSize? limit, string? cursor)
    {
        var asked = new TicketQuery(unit, status, topic, overdue, from?.Instant, to?.Instant, q, externalNo, source, scoredUnit, month, measure);
        var filter = await asked.Filter(http.Features.GetRequiredActor(), units);
        return filter.Rejection is { } rejection
            ? Refusal.Of(rejection)
            : Answer.Of(await index.List(filter.Value!, limit?.Rows ?? PageSize.Usual, cursor, includeTotal ?? false, http.RequestAborted), page => Answer.Ok(page));
    }

    /// <summary>查看工单</summary>
    /// <remarks>诉求人信息已脱敏；办理单位看不到举报件的诉求人。</remarks>
    /// <param name="id">工单编号。</param>
    internal static async Task<IResult> Get(string id, HttpContext http, IGrainFactory grains) => TicketIdentity.IsKey(id)
        ? TicketAnswer.Of(await grains.Ticket(id).Read(http.Features.GetRequiredActor()))
        : Refusal.NotFound;

    /// <summary>查看工单的办理经过</summary>
    /// <remarks>按序号从 1 连续编号，只增不改；每条带有前后相连的散列值。</remarks>
    /// <param name="id">工单编号。</param>
    /// <param name="after">从此序号之后开始。</param>
    /// <param name="limit">条数，1 至 200，默认 200。</param>
    internal static async Task<IResult> Events(string id, HttpContext http, IGrainFactory grains, Storage.TicketStoreReads reads, int? after, PageSize? limit)
    {
        var texts = TicketIdentity.IsKey(id) ? (await grains.Ticket(id).Texts(http.Features.GetRequiredActor())).Value : null;
        if (texts is null)
        {
            return Refusal.NotFound;
        }

        if (after < 0)
        {
            return Refusal.OfInput([new("?after", "validation.range", "序号不能为负。")]);
        }

        var page = limit?.Rows ?? PageSize.Largest;
        var rows = await reads.Events(id, after ?? 0, page + 1, http.RequestAborted);
        var next = rows.Count > page ? rows[page - 1].Seq.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        return Answer.Ok(new Listed<EventView>([.. rows.Take(page).Select(r => EventView.Of(id, r, texts.BySlot.GetValueOrDefault($"{r.Type}/{r.Seq}")))], next));
    }
}
