using Dapper;
using Hotline.Policies;
using Hotline.Reminders;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>Closes finished months in order and reminds until they are published. Run as often as one likes, on any silo: what was missed while the
/// power was off is made up for, what is done stays done.</summary>
internal sealed class MonthClose(IGrainFactory grains, Database database, CalendarSource calendars, ScoringPolicies policies, FirstLiveTicket firstLive, ClockGuard guard)
{
    public async Task Run(CancellationToken cancellationToken)
    {
        if (guard.Held is not null)
        {
            return;
        }
        var now = guard.AlarmNow;
        var published = await Published(cancellationToken);
        var book = await policies.Book();
        var calendar = await calendars.Refresh();
        List<Reminder> due = [];
        List<FinishedMonth> finished = [];
        List<string> over = [];
        foreach (var month in MonthCloseRules.Finished(await firstLive.At(cancellationToken), now))
        {
            var policy = ScoringPolicyRules.PolicyFor(month, [.. book.Policies.Select(p => p.Policy)]);
            var waiting = MonthCloseRules.Tiers(policy.Tables).Where(t => !published.Contains((month, t))).ToList();
            finished.Add(new(month, waiting.Count == 0));
            foreach (var tier in waiting)
            {
                var standing = await Closed(month, tier);
                var ofUnits = MonthCloseRules.ForUnits(month, tier, standing, calendar, now);
                due.AddRange([.. MonthCloseRules.Due(month, tier, standing, calendar, now), .. ofUnits]);
                over.AddRange(ofUnits.Count == 0 ? [MonthCloseRules.ObjectionSubject(month, tier)] : []);
            }
        }
        due.AddRange(PeriodReminderRules.Due(finished, calendar, now));
        var board = grains.GetGrain<IReminderGrain>(IReminderGrain.Key);
        await board.Settle([.. published.Select(p => MonthCloseRules.Subject(p.Month, p.Tier)), .. published.Select(p => MonthCloseRules.ObjectionSubject(p.Month, p.Tier)),
            .. over, .. PeriodReminderRules.Lapsed(finished, now)]);
        await board.Remind(due);
    }

    private async Task<LeagueStanding> Closed(Month month, LeagueTier tier)
    {
        var table = grains.GetGrain<ILeagueTableGrain>(LeagueKeys.Of(month, tier));
        var standing = await table.Standing();
        if (standing.ClosedAt is not null)
        {
            return standing;
        }
        // A refusal (the table's silo is behind in time) is tried again at the next run.
        return (await table.Close(Actor.System)).IsDone ? await table.Standing() : standing;
    }

    private async Task<IReadOnlySet<(Month Month, LeagueTier Tier)>> Published(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        var rows = await connection.QueryAsync<(string Month, string Tier)>(
            new CommandDefinition("SELECT period, tier FROM revision WHERE kind = 'table' AND number = 1", cancellationToken: cancellationToken));
        return rows.Select(r => (Month.Parse(r.Month)!.Value, Codes.Parse<LeagueTier>(r.Tier)!.Value)).ToHashSet();
    }
}
