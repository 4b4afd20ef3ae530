using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>When promises may be moved, and how a preview is shown.</summary>
internal static class PromiseMoveRules
{
    /// <summary>Why nothing may be moved, or null.</summary>
    public static Rejection? Check(MoveOrder order, WorkingCalendar calendar)
    {
        if (!calendar.IsLoaded(order.Year))
        {
            return new("calendar.year-not-loaded", "该年的放假通知尚未导入，时限暂按普通周末计算。", RejectionKind.NotFound);
        }

        return order.CalendarVersion is { } seen && seen != calendar.Version
            ? new("precondition.failed", "日历已被他人修改，请重新预览后再应用。", RejectionKind.Stale)
            : null;
    }

    /// <summary>A page of whole tickets; the counts are those of all pages.</summary>
    /// <param name="changes">Ordered by ticket.</param>
    public static MovePreview Page(string version, IReadOnlyList<PromiseChange> changes, int limit, string? after)
    {
        var tickets = changes.Select(c => c.Ticket).Distinct().ToList();
        var shown = tickets.Where(t => after is null || string.CompareOrdinal(t, after) > 0).Take(limit).ToHashSet();
        var last = shown.Max(StringComparer.Ordinal);
        var next = last is not null && string.CompareOrdinal(last, tickets[^1]) < 0 ? last : null;
        return new(version, tickets.Count, changes.Count(c => c.DueFrom != c.DueTo), [.. changes.Where(c => shown.Contains(c.Ticket))], next);
    }
}
