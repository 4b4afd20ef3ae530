using Hotline.Tickets;

namespace Hotline.Silo.Demo;

/// <summary>Third stage: what citizens answered, and which tickets an exclusion (剔除) took out.</summary>
internal sealed class DemoAnswers(DemoBranch branch, DemoDice dice)
{
    /// <summary>Shares out the answers of one unit's callbacks of one month by quota.</summary>
    public void Give(IReadOnlyList<DemoDraft> calledBackInMonth, DemoQuality quality)
    {
        var count = calledBackInMonth.Count;
        var effective = quality.Effective is { } exact ? Math.Min(exact, count) : count - DemoHandling.Share(quality.Unreached, count);
        var dissatisfied = DemoHandling.Share(quality.Dissatisfied, effective);
        var basically = DemoHandling.Share(quality.Basically, effective);
        var order = dice.Some(calledBackInMonth, count).ToList();
        for (var i = 0; i < count; i++)
        {
            order[i].Result = i switch
            {
                _ when i >= effective => dice.Chance(0.85) ? HistoryResult.Unreachable : HistoryResult.Refused,
                _ when i < dissatisfied => HistoryResult.Dissatisfied,
                _ when i < dissatisfied + basically => HistoryResult.BasicallySatisfied,
                _ => HistoryResult.Satisfied,
            };
        }
        if (!quality.IsExact)
        {
            Exclude(calledBackInMonth);
        }
    }

    /// <summary>Units ask for what hurts them; every tenth such ticket is granted.</summary>
    private void Exclude(IReadOnlyList<DemoDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            var hurts = draft.IsLate || draft.Result == HistoryResult.Dissatisfied;
            if (dice.Chance(hurts ? 0.1 : 0.004))
            {
                draft.ExclusionReason = dice.Pick(branch.ExclusionReasons);
            }
        }
    }
}
