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
/// <param name="AllowedActions">当前可以进行的操作</param>
/// <param name="Version">版本，同 ETag</param>
public sealed record TicketView(string Id, string Source, string ExternalNo, Nature Nature, Urgency Urgency, string? Topic, string? Title, string? Content,
    string? Place, CallerView? Caller, TicketStatus Status, string StatusName, string? Unit, string? UnitName, IReadOnlyList<SupportView> SupportingUnits,
    DateTimeOffset ReceivedAt, DateTimeOffset RegisteredAt, DateTimeOffset? DispatchedAt, DateTimeOffset? ClosedAt, CloseReason? CloseReason,
    DateTimeOffset? UpstreamDueAt, bool Compressed, int Round, bool Difficult, bool Blameless, AlarmLevel AlarmLevel,
    IReadOnlyList<DeadlineView> Deadlines, IReadOnlyList<CallbackView> Callbacks, ExtensionView? Extension, ExclusionView? Exclusion,
    DiversionView? Diversion, OrderView? SupervisionOrder, string? Parent, IReadOnlyList<string> Children, string? RepeatOf,
    IReadOnlyList<string> AllowedActions, long Version);

/// <summary>协办单位</summary>
public sealed record SupportView(string Unit, DateTimeOffset? RepliedAt);

/// <summary>时限</summary>
/// <param name="Clock">时限种类</param>
/// <param name="DueAt">现时限</param>
/// <param name="OriginalDueAt">原时限</param>
/// <param name="MetAt">了结时间</param>
/// <param name="StoppedAt">不再计时的时间</param>
/// <param name="Overdue">是否超期</param>
/// <param name="CalendarIncomplete">用到尚未公布放假安排的年份，公布后重算</param>
public sealed record DeadlineView(Clock Clock, string ClockName, int Round, string? Unit, DateTimeOffset StartAt, DateTimeOffset DueAt,
    DateTimeOffset OriginalDueAt, DateTimeOffset? MetAt, DateTimeOffset? StoppedAt, bool Overdue, AlarmLevel Alarm, bool Compressed,
    bool CalendarIncomplete, string PolicyVersion, string CalendarVersion);

/// <summary>一次有效回访</summary>
public sealed record CallbackView(DateTimeOffset At, int Round, bool Contacted, bool Solved, Satisfaction Satisfaction);

/// <summary>待批准的延期</summary>
public sealed record ExtensionView(Clock Clock, DateTimeOffset NewDueAt, string RequestedBy);

/// <summary>剔除申请</summary>
public sealed record ExclusionView(string RequestedBy, DateTimeOffset RequestedAt, bool? Approved, string? DecidedBy, DateTimeOffset? DecidedAt,
    IReadOnlyList<ScoredMeasure>? Against);

/// <summary>分流</summary>
public sealed record DiversionView(string Agency, string DutyItem, string Basis, string ProposedBy, string? ConfirmedBy, string? Receipt, bool Finished);

/// <summary>局长督办单</summary>
public sealed record OrderView(string Number, string? Supervisor, DateTimeOffset IssuedAt, OrderResult? Result, DateTimeOffset? ClosedAt);

/// <summary>State to view.</summary>
internal static class TicketViews
{
    public static TicketView Of(TicketState s, DateTimeOffset now, string? unitName, PrivateView? texts = null) => new(
        s.Id, s.Source, s.ExternalNo, s.Nature, s.Urgency, s.Topic, texts?.Title, texts?.Content, s.Place, texts?.Caller, s.Status,
        TicketNames.Of(s.Status), s.LeadUnit, unitName, [.. s.Supporting.Select(u => new SupportView(u.Unit, u.RepliedAt))], s.ReceivedAt, s.RegisteredAt,
        s.DispatchedAt, s.ClosedAt, s.CloseReason, s.UpstreamDueAt, s.Last(Clock.Reply) is { Compressed: true }, s.Round, s.Difficult, s.Blameless,
        AlarmRules.Level(s), [.. s.Deadlines.Select(d => Of(d, now))],
        [.. s.Answers.Select(a => new CallbackView(a.At, a.Round, a.Contacted, a.Solved, a.Satisfaction))],
        s.Extension is { } x ? new(x.Clock, x.NewDueAt, x.RequestedBy) : null,
        s.Exclusion is { } e ? new(e.RequestedBy, e.RequestedAt, e.Approved, e.DecidedBy, e.DecidedAt, e.Against) : null,
        s.Diversion is { } d ? new(d.Agency, d.DutyItem, d.Basis, d.ProposedBy, d.ConfirmedBy, d.Receipt, d.Finished) : null,
        s.Order is { } o ? new(o.Number, o.Supervisor, o.IssuedAt, o.Result, o.ClosedAt) : null,
        s.Parent, s.Children, s.RepeatOf, TicketLifecycle.AllowedActions(s), s.Seq);

    private static DeadlineView Of(Deadline d, DateTimeOffset now) => new(d.Clock, TicketNames.Of(d.Clock), d.Round, d.Unit, d.StartAt, d.DueAt,
        d.OriginalDueAt, d.MetAt, d.StoppedAt, d.OverdueAt(now), d.Fired, d.Compressed, d.Incomplete, d.PolicyVersion, d.CalendarVersion);
}

/// <summary>The texts of a ticket, as far as the reader may see them.</summary>
internal sealed record PrivateView(string? Title, string? Content, CallerView? Caller);
