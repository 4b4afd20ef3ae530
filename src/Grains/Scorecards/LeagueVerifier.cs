using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>Works a published revision out again, from nothing but the histories of the tickets and what was kept beside the revision.</summary>
internal sealed class LeagueVerifier(LeagueReckoner reckoner, Database database)
{
    /// <summary>Begins beside the caller's turn: a month of a hundred thousand tickets takes seconds.</summary>
    public async Task<(MonthHistory Facts, Task<LeagueVerification> Result)> Begin(Revision published)
    {
        var now = await reckoner.Now(published.CutoffAt) with { Anew = true };
        var facts = new MonthHistory(database, KnownHistory.Of(published.CutoffAt, published.Basis));
        return (facts, Task.Run(() => Verify(published, now, facts)));
    }

    private async Task<LeagueVerification> Verify(Revision published, Reckoning now, MonthHistory facts)
    {
        if (LeagueVerifyRules.PolicyOf(published) is { } policy)
        {
            now = now with { Fixed = (published.Month, policy) };
        }

        var basis = LeagueBasis.Read(published.Basis);
        var then = now with { Facts = facts, Roll = new object() };
        if (basis is not null)
        {
            then = then with { Units = basis.Units, Policies = basis.Policies, Earlier = basis.Earlier, Fixed = null };
            now = now.WithUnits(basis.Units);
        }

        var history = await reckoner.Body(published.Month, published.Tier, then, CancellationToken.None);
        var live = await reckoner.Body(published.Month, published.Tier, now, CancellationToken.None);
        return LeagueVerifyRules.Compare(published, history, live, facts.TicketsRead, facts.Discrepancies);
    }
}
