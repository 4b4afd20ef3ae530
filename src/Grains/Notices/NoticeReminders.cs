using Hotline.Reminders;

namespace Hotline.Notices;

/// <summary>Puts owed reports and notices without ground on the board, and takes them off when they are done; approved lists' reminders too, for a crash
/// may have come between the approval and that.</summary>
internal sealed class NoticeReminders(IGrainFactory grains, NoticeIndex index, AwardReckoner awards, TimeProvider clock)
{
    public async Task Run(CancellationToken cancellationToken)
    {
        await grains.GetGrain<INoticeDraftsGrain>(INoticeDraftsGrain.Key).CatchUp();
        var due = NoticeReminderRules.Due(await index.OwedReports(null, cancellationToken), await index.Groundless(cancellationToken), clock.GetUtcNow());
        var board = grains.GetGrain<IReminderGrain>(IReminderGrain.Key);
        await board.Settle(NoticeReminderRules.Settled(await board.Open(), due));
        await board.Remind(due);
        await awards.SettleApproved(cancellationToken);
    }
}
