namespace Hotline.Reminders;

/// <summary>Each reminder once; done ones are kept for a good year as the record that they were given.</summary>
internal static class ReminderRules
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    /// <summary>Those that were never recorded.</summary>
    public static IReadOnlyList<Reminder> New(ReminderState state, IReadOnlyList<Reminder> due)
    {
        var known = state.Reminders.Select(r => r.Reminder.Id).ToHashSet(StringComparer.Ordinal);
        return [.. due.DistinctBy(r => r.Id).Where(r => !known.Contains(r.Id))];
    }

    public static ReminderState Add(ReminderState state, IReadOnlyList<Reminder> added, DateTimeOffset now) => state with
    {
        Reminders = [.. state.Reminders.Where(r => r.SettledAt is null || now - r.SettledAt < KeptFor), .. added.Select(r => new RecordedReminder(r, null))],
    };

    /// <summary>The same state when none of the subjects has an open reminder.</summary>
    public static ReminderState Settle(ReminderState state, IReadOnlyList<string> subjects, DateTimeOffset now) =>
        state.Reminders.Any(r => IsSettled(r, subjects))
            ? state with { Reminders = [.. state.Reminders.Select(r => IsSettled(r, subjects) ? r with { SettledAt = now } : r)] }
            : state;

    public static IReadOnlyList<Reminder> Open(ReminderState state) =>
        [.. state.Reminders.Where(r => r.SettledAt is null).Select(r => r.Reminder).OrderBy(r => r.DueAt).ThenBy(r => r.Id, StringComparer.Ordinal)];

    private static bool IsSettled(RecordedReminder r, IReadOnlyList<string> subjects) => r.SettledAt is null && subjects.Contains(r.Reminder.Subject);
}
