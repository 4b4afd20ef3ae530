namespace Hotline.Faults;

/// <summary>The safety bounds, the same after every fault.</summary>
internal static class Verdict
{
    /// <summary>Stops the load, reads everything, and demands that the histories agree.</summary>
    public static async Task Demand(Load load, Report report, string database, IReadOnlyList<Node> nodes)
    {
        var attempts = await load.Stop();
        var state = await FinalRead.Run(database, load.Source, nodes);
        var findings = HistoryCheck.Run(attempts, state);
        report.Add(attempts).Add("tickets", state.Tickets.Count).Add("events", state.Tickets.Sum(t => t.Events.Count)).Add("findings", findings.Count).Write();

        Assert.Empty(findings);
        Assert.Equal(0, await FinalRead.Torn(database));
        Assert.Contains(attempts, a => a.Outcome == Outcome.Done);
        // Everything was healed and asked for long enough: nothing stays open.
        Assert.All(Operation.Of(attempts), o => Assert.NotEqual(Outcome.Unknown, o.Attempts[^1].Outcome));
    }
}
