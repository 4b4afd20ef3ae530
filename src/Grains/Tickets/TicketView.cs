using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>工单</summary>
/// <param name="Id">编号，稳定，可用于地址</param>
/// <param name="Source">来源</param>
/// <param name="ExternalNo">来源平台的工单编号</param>
/// <param name="Title">标题（仅查询时给出）</param>
/// <param name="Content">内容（仅查询时给出）</param>
/// <param name="Caller">诉求人，已脱敏（仅查询时给出）</param>
/// <param name="StatusName">状态的中文名</param>
/// <param name="Unit">主办单位编号</param>
/// <param name="Compressed">上级截止时间压缩了答复时限</param>
/// <param name="Deadlines">各时限</param>
/// <param name="Obligations">各单位的责任：主办、协办，时限，是否按期，如何了结</param>
/// <param name="Asked">等待另一人决定的事项</param>
/// <param name="SupervisionOrders">全部督办单，按先后</param>
/// <param name="AllowedActions">本次调用者当前可以进行的操作</param>
/// <param name="Version">版本，同 ETag</param>
public sealed record TicketView(string Id, string Source, string ExternalNo, Nature Nature, Urgency Urgency, string? Topic, string? Title, string? Content,
    string? Place, CallerView? Caller, TicketStatus Status, string StatusName, string? Unit, string? UnitName, IReadOnlyList<SupportView> SupportingUnits,
    DateTimeOffset ReceivedAt, DateTimeOffset RegisteredAt, DateTimeOffset? DispatchedAt, DateTimeOffset? ClosedAt, CloseReason? CloseReason,
    DateTimeOffset? UpstreamDueAt, bool Compressed, int Round, bool Difficult, bool Blameless, AlarmLevel AlarmLevel,
    IReadOnlyList<DeadlineView> Deadlines, IReadOnlyList<CallbackView> Callbacks, ExtensionView? Extension, ExclusionView? Exclusion,
    DiversionView? Diversion, OrderView? SupervisionOrder, IReadOnlyList<OrderView> SupervisionOrders, IReadOnlyList<ObligationView> Obligations,
    AskedView? Asked, DateTimeOffset? SuspendedUntil, string? Parent, IReadOnlyList<string> Children, string? RepeatOf,
    IReadOnlyList<string> AllowedActions, long Version);

/// <summary>协办单位</summary>
public sealed record SupportView(string Unit, DateTimeOffset? RepliedAt);

/// <summary>责任：一个单位对一件工单所负的责任</summary>
/// <param name="Role">lead 主办，support 协办</param>
/// <param name="DueAt">最后的答复（协办意见）时限</param>
/// <param name="RepliedAt">首次有效答复的时间</param>
/// <param name="OnTime">是否按期答复；未到期且未答复时为空</param>
/// <param name="Completed">按期提交的答复是否通过审核；未到期且未答复时为空</param>
/// <param name="End">none 计入考核；其余为不计入的原因</param>
public sealed record ObligationView(string Unit, ObligationRole Role, DateTimeOffset Since, DateTimeOffset? DueAt, DateTimeOffset? RepliedAt, bool? OnTime,
    bool? Completed, ObligationEnd End);

/// <summary>主办或协办</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(CodeEnumConverter<ObligationRole>))]
public enum ObligationRole
{
    /// <summary>主办</summary>
    Lead = 1,
    /// <summary>协办</summary>
    Support = 2,
}

/// <summary>等待另一人决定的事项</summary>
public sealed record AskedView(WorkKind Kind, string By);

/// <summary>时限</summary>
/// <param name="Clock">时限种类</param>
/// <param name="DueAt">现时限</param>
/// <param name="OriginalDueAt">原时限</param>
/// <param name="MetAt">了结时间</param>
/// <param name="StoppedAt">不再计时的时间</param>
/// <param name="HeldAt">停计的开始时间；没有停计时为空</param>
/// <param name="Overdue">是否超期</param>
/// <param name="CalendarIncomplete">用到尚未公布放假安排的年份，公布后重算</param>
public sealed record DeadlineView(Clock Clock, string ClockName, int Round, string? Unit, DateTimeOffset StartAt, DateTimeOffset DueAt,
    DateTimeOffset OriginalDueAt, DateTimeOffset? MetAt, DateTimeOffset? StoppedAt, DateTimeOffset? HeldAt, bool Overdue, AlarmLevel Alarm, bool Compressed,
    bool CalendarIncomplete, string PolicyVersion, string CalendarVersion);

/// <summary>一次有效回访</summary>
/// <param name="Unit">评价的是哪个单位的答复</param>
/// <param name="Replaces">在考核中代替首次回答</param>
public sealed record CallbackView(DateTimeOffset At, int Round, string Unit, bool Replaces, bool Contacted, bool Solved, Satisfaction Satisfaction);

/// <summary>待批准的延期</summary>
public sealed record ExtensionView(Clock Clock, DateTimeOffset NewDueAt, string RequestedBy);

/// <summary>剔除申请</summary>
public sealed record ExclusionView(string RequestedBy, DateTimeOffset RequestedAt, bool? Approved, string? DecidedBy, DateTimeOffset? DecidedAt,
    IReadOnlyList<ScoredMeasure>? Against, string? RevokedBy, DateTimeOffset? RevokedAt);

/// <summary>分流</summary>
public sealed record DiversionView(string Agency, string DutyItem, string Basis, string ProposedBy, string? ConfirmedBy, string? Receipt, bool Finished);

/// <summary>局长督办单</summary>
public sealed record OrderView(string Number, string? Supervisor, DateTimeOffset IssuedAt, OrderResult? Result, DateTimeOffset? ClosedAt);

/// <summary>State to view.</summary>
internal static class TicketViews
{
    public static TicketView Of(TicketState s, RuleContext ctx, string? unitName, PrivateView? texts = null) => new(
        s.Id, s.Source, s.ExternalNo, s.Nature, s.Urgency, s.Topic, texts?.Title, texts?.Content, s.Place, texts?.Caller, s.Status,
        TicketNames.Of(s.Status), s.LeadUnit, unitName, [.. s.Supporting.Select(u => Support(s, u))], s.ReceivedAt, s.RegisteredAt,
        s.DispatchedAt, s.ClosedAt, s.CloseReason, s.UpstreamDueAt, s.Lead is { } lead && s.DueOf(lead) is { Compressed: true }, s.Round, s.Difficult, s.Blameless,
        AlarmRules.Level(s), [.. s.Deadlines.Select(d => Of(d, ctx.Now))],
        [.. s.Answers.Select(a => new CallbackView(a.At, a.Round, a.Unit, a.Replaces, a.Contacted, a.Solved, a.Satisfaction))],
        s.Extension is { } x ? new(x.Clock, x.NewDueAt, x.RequestedBy) : null,
        s.Exclusion is { } e ? new(e.RequestedBy, e.RequestedAt, e.Approved, e.DecidedBy, e.DecidedAt, e.Against, e.RevokedBy, e.RevokedAt) : null,
        s.Diversion is { } d ? new(d.Agency, d.DutyItem, d.Basis, d.ProposedBy, d.ConfirmedBy, d.Receipt, d.Finished) : null,
        s.Order is { } o ? Of(o) : null, [.. s.Orders.Select(Of)], [.. s.Obligations.Select(o => Of(s, o, ctx.Now))],
        s.Asked is { } asked ? new(asked.Kind, asked.By) : null, s.SuspendedUntil,
        s.Parent, s.Children, s.RepeatOf, TicketLifecycle.AllowedActions(s, ctx), s.Seq);

    private static DeadlineView Of(Deadline d, DateTimeOffset now) => new(d.Clock, TicketNames.Of(d.Clock), d.Round, d.Unit, d.StartAt, d.DueAt,
        d.OriginalDueAt, d.MetAt, d.StoppedAt, d.HeldAt, d.OverdueAt(now), d.Fired, d.Compressed, d.Incomplete, d.PolicyVersion, d.CalendarVersion);

    private static OrderView Of(SupervisionOrder o) => new(o.Number, o.Supervisor, o.IssuedAt, o.Result, o.ClosedAt);

    private static SupportView Support(TicketState s, string unit) => new(unit, s.Obligations.FirstOrDefault(o => o.Support && o.Unit == unit)?.RepliedAt);

    private static ObligationView Of(TicketState s, Obligation o, DateTimeOffset now)
    {
        var row = TicketProjection.Row(s, o, false);
        var isOpen = row.Ending is not (int)ObligationEnd.None || (row.RepliedAt is null && (row.DueAt is not { } due || now.ToUnixTimeMilliseconds() <= due));
        return new(o.Unit, o.Support ? ObligationRole.Support : ObligationRole.Lead, o.Since, s.DueOf(o)?.DueAt, o.RepliedAt, isOpen ? null : row.OnTime,
            isOpen ? null : row.Completed, (ObligationEnd)row.Ending);
    }
}

/// <summary>The texts of a ticket, as far as the reader may see them.</summary>
internal sealed record PrivateView(string? Title, string? Content, CallerView? Caller);
