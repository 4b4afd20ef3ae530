using System.Text.Json;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>When promises may be moved, and how a preview is shown.</summary>
internal static class PromiseMoveRules
{
    /// <summary>Why nothing may be moved, or null.</summary>
    public static Rejection? Check(MoveOrder order, Newest<WorkingCalendar> newest)
    {
        var calendar = newest.Value;
        if (!calendar.IsLoaded(order.Year))
        {
            return new("calendar.year-not-loaded", "该年的放假通知尚未导入，时限暂按普通周末计算。", RejectionKind.NotFound);
        }

        return order.CalendarVersion is { } seen && seen != calendar.Version
            ? new("precondition.failed", "日历已被他人修改，请重新预览后再应用。", RejectionKind.Stale)
            : null;
    }

    /// <summary>A page of whole tickets; the counts are those of all pages.</summary>
    /// <param name="tried">What is put in the place of what is in force; null when nothing is. A cursor of another trial, or of another calendar, is
    /// refused (<c>cursor.invalid</c>).</param>
    /// <param name="changes">Ordered by ticket.</param>
    public static Result<MovePreview> Page(string version, object? tried, IReadOnlyList<PromiseChange> changes, int limit, string? cursor)
    {
        var question = version + JsonSerializer.Serialize(tried, StoredJson.Options);
        if (!ListPlace.TryRead(cursor, question, out var after))
        {
            return ListPlace.Invalid;
        }

        var tickets = changes.Select(c => c.Ticket).Distinct().ToList();
        var left = tickets.Where(t => string.CompareOrdinal(t, after?.Id) > 0).ToList();
        var shown = left.Take(limit).ToHashSet();
        var next = left.Count > limit ? new ListPlace(0, left[limit - 1], 0).Write(question) : null;
        return new MovePreview(version, tickets.Count, changes.Count(c => c.DueFrom != c.DueTo), [.. changes.Where(c => shown.Contains(c.Ticket))], next);
    }
}
