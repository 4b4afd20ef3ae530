using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Reminders;

/// <summary>A reminder or a settling that is not kept is given again by the next run of its job.</summary>
internal sealed class ReminderGrain(RecordStore records, TimeProvider clock) : RecordGrain<ReminderState>(records, "reminders"), IReminderGrain
{
    public async Task<IReadOnlyList<Reminder>> Remind(IReadOnlyList<Reminder> due)
    {
        var kept = await Decide<IReadOnlyList<Reminder>>(Actor.System, board =>
        {
            var added = ReminderRules.New(board, due);
            return new Change<ReminderState, IReadOnlyList<Reminder>>(added.Count == 0 ? board : ReminderRules.Add(board, added, clock.GetUtcNow()), added);
        });
        return kept.Value ?? [];
    }

    public Task Settle(IReadOnlyList<string> subjects) => Keep(board => ReminderRules.Settle(board, subjects, clock.GetUtcNow()));

    public Task<IReadOnlyList<Reminder>> Open() => Task.FromResult(ReminderRules.Open(Record));
}
