using Hotline.Reminders;
using Hotline.Shared;
using Hotline.Tickets;
using Hotline.Units;
using Hotline.Work;
using Hotline.WorkCalendar;

namespace Hotline.Api;

/// <summary>待办清单</summary>
/// <param name="Counts">各类待办的件数</param>
/// <param name="Reminders">与角色有关的提醒，最急的在前</param>
/// <param name="Items">待办，最急的在前</param>
/// <param name="NextCursor">取下一页时原样传入 cursor；为空表示没有更多</param>
internal sealed record MyWork(IReadOnlyList<WorkCount> Counts, IReadOnlyList<ReminderView> Reminders, IReadOnlyList<WorkItem> Items, string? NextCursor);

/// <summary>一类待办的件数</summary>
/// <param name="Kind">待办种类</param>
/// <param name="KindName">种类的中文名</param>
/// <param name="Count">件数，至多数到 10000</param>
/// <param name="Overdue">其中已超期的件数</param>
internal sealed record WorkCount(WorkKind Kind, string KindName, long Count, long Overdue);

/// <summary>一项待办</summary>
/// <param name="Kind">待办种类</param>
/// <param name="KindName">种类的中文名</param>
/// <param name="ToDo">要做什么</param>
/// <param name="Commands">办理用的操作名</param>
/// <param name="Status">工单状态</param>
/// <param name="DueAt">到期时间；没有时限时为空</param>
/// <param name="Overdue">是否超期</param>
/// <param name="MinutesLeft">剩余分钟数，超期为负；一般工单按工作时间，紧急工单按自然时间</param>
/// <param name="TimeLeft">剩余或超期的时间，中文</param>
/// <param name="Card">黄牌、红牌或升级</param>
/// <param name="Link">工单地址</param>
internal sealed record WorkItem(WorkKind Kind, string KindName, string ToDo, IReadOnlyList<string> Commands, string Ticket, string Source, string ExternalNo,
    string? Title, string? Place, Nature Nature, Urgency Urgency, TicketStatus Status, string StatusName, string? Unit, string? UnitName,
    DateTimeOffset? DueAt, bool Overdue, long? MinutesLeft, string? TimeLeft, AlarmLevel Card, string Link);

/// <summary>提醒</summary>
/// <param name="Kind">提醒种类</param>
/// <param name="Subject">所涉事项</param>
/// <param name="Text">要做什么</param>
/// <param name="At">提醒时间</param>
/// <param name="DueAt">期限</param>
/// <param name="Overdue">是否已过期限</param>
internal sealed record ReminderView(ReminderKind Kind, string Subject, string Text, DateTimeOffset At, DateTimeOffset DueAt, bool Overdue);

/// <summary>Rows to views, all at one instant.</summary>
/// <param name="showsTitles">The reader sees cases.</param>
internal sealed class WorkViews(DateTimeOffset now, WorkingCalendar calendar, UnitDirectory.Index units, bool showsTitles)
{
    public MyWork Of(WorkRows rows, IEnumerable<Reminder> reminders) => new([.. rows.Tallies.Select(t => new WorkCount(t.Kind, WorkRules.WordsOf(t.Kind).Name, t.Count, t.Overdue))],
        [.. reminders.Select(r => new ReminderView(r.Kind, r.Subject, r.Text, r.At, r.DueAt, r.DueAt < now))], [.. rows.Rows.Select(Of)], rows.NextCursor);

    private WorkItem Of(WorkRow row)
    {
        var words = WorkRules.WordsOf(row.Kind);
        long? left = row.DueAt is { } due ? WorkRules.MinutesLeft(row.Urgency, now, due, calendar) : null;
        var overdue = row.DueAt < now;
        return new(row.Kind, words.Name, words.ToDo, words.Commands, row.Ticket, row.Source, row.ExternalNo, showsTitles ? row.Title : null,
            showsTitles ? row.Place : null, row.Nature, row.Urgency, row.Status, TicketNames.Of(row.Status), row.Unit, row.Unit is null ? null : units.Find(row.Unit)?.Name, row.DueAt, overdue, left,
            left is { } minutes ? WorkRules.Say(row.Urgency, overdue, minutes) : null, row.Alarm, "/api/v1/tickets/" + row.Ticket);
    }
}
