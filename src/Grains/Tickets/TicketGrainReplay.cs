using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>The importing half of the grain: past commands replayed in one write.</summary>
internal sealed partial class TicketGrain
{
    public async Task<Result<ReplayReport>> Replay(HistoryRecord row, bool keepOpen)
    {
        try
        {
            var wasKnown = _isKnown;
            var told = await ReplayRow(row, keepOpen);
            return told.Rejection is { } refused && !wasKnown && await IsThere(refused) ? await ReplayRow(row, keepOpen) : told;
        }
        finally
        {
            DeactivateOnIdle();
        }
    }

    private async Task<Result<ReplayReport>> ReplayRow(HistoryRecord row, bool keepOpen)
    {
        var journal = Journal();
        var rules = (await around.Rules(row.DispatchedAt, Actor.Import("intake"), replay: true)) with { Now = row.ReceivedAt };
        if (journal.State is null && Registered(journal, ReplayRules.Register(row), rules) is { } unregistered)
        {
            return unregistered;
        }

        var missing = ReplayRules.Missing(journal.State!, row);
        if (missing.Rejection is { } conflict)
        {
            return conflict;
        }

        if (missing.Value!.Items.Count == 0 && _state is not null)
        {
            return new ReplayReport(false, _state.CloseReason == CloseReason.AsItStands);
        }

        if (ReplaySteps(journal, missing.Value.Items, rules) is { } refused)
        {
            return refused;
        }

        var closed = EndReplay(journal, keepOpen);
        return await Commit(journal) is { } failed ? failed : new ReplayReport(true, closed);
    }

    private Rejection? ReplaySteps(TicketJournal journal, IReadOnlyList<ReplayStep> steps, RuleContext rules)
    {
        if (journal.State!.CloseReason == CloseReason.AsItStands)
        {
            journal.Record(new ReopenedByImport(), around.Now, Actor.Import("intake"));
        }

        foreach (var step in steps)
        {
            FireSilently(journal, step.At);
            var decision = TicketRules.Decide(journal.State!, step.Command, rules with { Now = step.At, Actor = step.Actor });
            if (decision.Rejection is { } rejection)
            {
                return rejection;
            }

            journal.Record(decision.Value!.Events, step.At, step.Actor);
        }

        return null;
    }

    /// <summary>A ticket whose next step's clock is already past is closed as it stands, unless it is to stay open.</summary>
    private bool EndReplay(TicketJournal journal, bool keepOpen)
    {
        var now = around.Now;
        FireSilently(journal, now);
        var waiting = ReplayRules.NextStep(journal.State!) is { } clock ? journal.State!.Open(clock) : null;
        if (keepOpen || waiting is null || waiting.DueAt >= now)
        {
            return false;
        }

        journal.Record(new ClosedAsItStands(), now, Actor.Import("intake"));
        return true;
    }

    /// <summary>Alarms whose time lay before the step are recorded as of their instants and notify nobody.</summary>
    private static void FireSilently(TicketJournal journal, DateTimeOffset before)
    {
        while (AlarmRules.Next(journal.State!) is { } next && next.At < before)
        {
            journal.Record(next.Alarm with { Silent = true }, next.At, Actor.System);
        }
    }
}
