using Hotline.Storage;

namespace Hotline.Reminders;

internal sealed class ReminderGrain([PersistentState("reminders", StorageHosting.Records)] IPersistentState<ReminderState> store, TimeProvider clock)
    : Grain, IReminderGrain
{
    public async Task<IReadOnlyList<Reminder>> Remind(IReadOnlyList<Reminder> due)
    {
        var added = ReminderRules.New(store.State, due);
        if (added.Count > 0)
        {
            await store.WriteOrRestore(ReminderRules.Add(store.State, added, clock.GetUtcNow()));
        }
        return added;
    }

    public async Task Settle(IReadOnlyList<string> subjects)
    {
        var settled = ReminderRules.Settle(store.State, subjects, clock.GetUtcNow());
        if (!ReferenceEquals(settled, store.State))
        {
            await store.WriteOrRestore(settled);
        }
    }

    public Task<IReadOnlyList<Reminder>> Open() => Task.FromResult(ReminderRules.Open(store.State));
}
