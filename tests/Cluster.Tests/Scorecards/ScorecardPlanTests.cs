using Dapper;
using Hotline.Shared;
using Hotline.Storage;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>A month's counts come from the two covering indexes alone, in the order in which they are grouped, however many tickets there are.</summary>
public sealed class ScorecardPlanTests(PostgresServer server)
{
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task CountsOfAMonth_AreAStretchOfEachCoveringIndex_AndNeverSorted(string engine)
    {
        await using var lab = await Filled(engine);

        var plan = await Plan(lab, ScorecardIndex.Counts, [new(2026, 5)], []);

        OnlyCoveringIndexes(engine, plan);
        Assert.DoesNotMatch("Sort|TEMP B-TREE", plan);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task CountsOfSeveralMonths_AndWhoIsPresent_AreStretchesOfThem(string engine)
    {
        await using var lab = await Filled(engine);
        Month[] months = [new(2026, 4), new(2026, 5), new(2026, 6)];

        OnlyCoveringIndexes(engine, await Plan(lab, ScorecardIndex.Counts, months, []));
        OnlyCoveringIndexes(engine, await Plan(lab, ScorecardIndex.Presences, months, ["U7", "U8"]));
    }

    private async Task<StoreLab> Filled(string engine)
    {
        var lab = await Open(engine, server);
        await lab.Store.Write(Command("T-0", 0));
        await Plans.Fill(lab, 40_000);
        if (lab.Database.Postgres is { } postgres)
        {
            // As the server does by itself in time: an index alone is read where all rows of a page are known to be seen by everybody.
            await using var connection = await postgres.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await connection.ExecuteAsync("VACUUM ANALYZE ticket_obligation, ticket_answer");
        }

        return lab;
    }

    private static Task<string> Plan(StoreLab lab, string sql, IReadOnlyList<Month> months, IReadOnlyList<string> units)
    {
        var query = new ListQuery(sql).WithList("months", months.Select(m => m.Key)).WithList("units", units)
            .With("asOf", new DateTimeOffset(2026, 5, 20, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
        return Plans.Of(lab, query.Text, query.Values);
    }

    private static void OnlyCoveringIndexes(string engine, string plan)
    {
        foreach (var table in new[] { "ticket_obligation", "ticket_answer" })
        {
            var reads = plan.Split('\n').Where(step => step.Contains(engine == Sqlite ? " " + table : $" on {table}", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(reads);
            Assert.All(reads, step => Assert.Contains(
                engine == Sqlite ? $"SEARCH {table} USING COVERING INDEX {table}_month (month=" : $"Index Only Scan using {table}_month on {table}", step, StringComparison.Ordinal));
        }

        Plans.ReadsNoWholeTable(plan, plan);
    }
}
