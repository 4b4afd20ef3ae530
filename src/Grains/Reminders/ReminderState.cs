namespace Hotline.Reminders;

/// <summary>The board as stored.</summary>
internal sealed record ReminderState
{
    public IReadOnlyList<RecordedReminder> Reminders { get; init; } = [];
}

/// <summary>A reminder and when it was done with.</summary>
internal sealed record RecordedReminder(Reminder Reminder, DateTimeOffset? SettledAt);
