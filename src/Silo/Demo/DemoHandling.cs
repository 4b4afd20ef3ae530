using Hotline.Policies;
using Hotline.WorkCalendar;

namespace Hotline.Silo.Demo;

/// <summary>Second stage: who is late, and when each step was done.</summary>
internal sealed class DemoHandling(DemoDice dice, WorkingCalendar calendar)
{
    /// <summary>Decides by quota, so that a month's figures are what the script says and not what chance makes of it.</summary>
    public void Judge(IReadOnlyList<DemoDraft> dueInMonth, DemoQuality quality)
    {
        var scored = dueInMonth.Where(d => !d.Reply.Compressed).ToList();
        foreach (var draft in dice.Some(scored, Share(quality.Late, scored.Count)))
        {
            draft.IsLate = true;
            draft.IsUnreplied = dice.Chance(0.3);
        }
        foreach (var draft in dice.Some(scored.Where(d => !d.IsLate), Share(quality.Unreviewed, scored.Count)))
        {
            draft.IsUnreviewed = true;
        }
    }

    public static int Share(double share, int of) => (int)Math.Round(share * of, MidpointRounding.AwayFromZero);

    /// <summary>Lets the unit, the reviewer and the callback centre do their steps.</summary>
    public void Work(DemoDraft draft)
    {
        var due = draft.Reply.DueAt;
        draft.AcceptedAt = After(draft, draft.DispatchedAt, dice.Between(0.08, 3.6), urgentMinutes: dice.Between(2, 24));
        draft.ContactedAt = After(draft, draft.AcceptedAt, dice.Between(0.2, 3.2), urgentMinutes: dice.Between(3, 30));
        if (draft.IsUnreplied)
        {
            return;
        }
        var replied = draft.IsLate
            ? After(draft, due, dice.Between(0.4, 18), urgentMinutes: dice.Between(10, 300))
            : OnTime(draft, due);
        (draft.AcceptedAt, draft.ContactedAt) = (Earlier(draft.AcceptedAt, replied), Earlier(draft.ContactedAt, replied));
        draft.RepliedAt = replied;
        if (draft.IsUnreviewed)
        {
            return;
        }
        draft.ReviewedAt = After(draft, replied, dice.Between(0.1, 3.7), urgentMinutes: dice.Between(4, 28));
        draft.CalledBackAt = After(draft, draft.ReviewedAt.Value, dice.Between(0.3, 7), urgentMinutes: dice.Between(30, 150));
    }

    /// <summary>Somewhere between contact and due, more often towards the end.</summary>
    private DateTimeOffset OnTime(DemoDraft draft, DateTimeOffset due)
    {
        var from = Earlier(draft.ContactedAt, due.AddSeconds(-30));
        from = from < draft.DispatchedAt ? draft.DispatchedAt : from;
        var fraction = Math.Sqrt(dice.Between(0.02, 0.98));
        var working = calendar.WorkingTimeBetween(from, due);
        var replied = draft.IsUrgent || working <= TimeSpan.FromMinutes(1)
            ? from + ((due - from) * fraction)
            : calendar.AfterWorkingHours(from, working * fraction).At;
        return Whole(Earlier(replied, due));
    }

    private DateTimeOffset After(DemoDraft draft, DateTimeOffset start, double workingHours, double urgentMinutes) =>
        Whole(draft.IsUrgent ? start.AddMinutes(urgentMinutes) : calendar.AfterWorkingHours(start, TimeSpan.FromHours(workingHours)).At);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Whole(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
}
