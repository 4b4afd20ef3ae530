using System.Globalization;
using Hotline.Reminders;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Notices;

/// <summary>What notices remind of: a report that is owed, one that is overdue, and an issued notice that lost its ground.</summary>
internal static class NoticeReminderRules
{
    private static readonly ReminderKind[] Kinds = [ReminderKind.SelfCriticismDue, ReminderKind.SelfCriticismOverdue, ReminderKind.NoticeGroundGone];

    private static readonly Role[] Keepers = [Role.OfficeDirector, Role.Leader];

    public static IReadOnlyList<Reminder> Due(IReadOnlyList<Notice> owed, IReadOnlyList<Notice> groundless, DateTimeOffset now) =>
        [.. owed.SelectMany(n => Reports(n, now)), .. groundless.Select(n => GroundGone(n, now))];

    /// <summary>Subjects of ours that are on the board and no longer due.</summary>
    public static IReadOnlyList<string> Settled(IReadOnlyList<Reminder> open, IReadOnlyList<Reminder> due)
    {
        var still = due.Select(r => r.Subject).ToHashSet(StringComparer.Ordinal);
        return [.. open.Where(r => Kinds.Contains(r.Kind) && !still.Contains(r.Subject)).Select(r => r.Subject).Distinct()];
    }

    private static IEnumerable<Reminder> Reports(Notice notice, DateTimeOffset now)
    {
        var due = notice.Task!.DueAt;
        yield return new(ReminderKind.SelfCriticismDue, Subject(notice, "report"), Keepers,
            $"{notice.Unit.Name}应在{Day(due)}前在分局一把手会议上作检查报告（{notice.Reason}）请安排会议，会后登记。", now, due);
        if (due < now)
        {
            yield return new(ReminderKind.SelfCriticismOverdue, Subject(notice, "report"), Keepers,
                $"{notice.Unit.Name}的检查报告应于{Day(due)}前作出，现已逾期。", now, due);
        }
    }

    private static Reminder GroundGone(Notice notice, DateTimeOffset now) => new(ReminderKind.NoticeGroundGone, Subject(notice, "ground"), Keepers,
        $"{notice.Month}{notice.Unit.Name}的一份已签发通报在排名更正后失去依据，请撤回并说明原因。", now, now);

    /// <summary>With the version of the loss or the issue in it: a second loss after a second issue is a new matter.</summary>
    private static string Subject(Notice notice, string matter) =>
        string.Create(CultureInfo.InvariantCulture, $"notice/{notice.Id}/{matter}/{notice.IssuedAt!.Value.ToUnixTimeMilliseconds()}");

    private static string Day(DateTimeOffset at)
    {
        // A due at 24:00 belongs to the day that ends then.
        var day = ShanghaiTime.DateOf(at.AddTicks(-1));
        return string.Create(CultureInfo.InvariantCulture, $"{day.Month}月{day.Day}日");
    }
}
