using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Microsoft.Extensions.Time.Testing;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>The tickets behind the figures are exactly those that were counted, on both engines.</summary>
public sealed class ScoredTicketIndexTests(PostgresServer server)
{
    private static readonly Month October = new(ScoredTickets.Month);

    [Theory, InlineData(Sqlite, 11), InlineData(PostgreSql, 12)]
    public async Task Tickets_AddUpToTheCounts_AndListsShowTheDenominators(string engine, int seed)
    {
        await using var lab = await Open(engine, server);
        await Task.WhenAll(ScoredTickets.Random(seed, 500).Writes.Select(lab.Store.Write));
        var counted = (await new ScorecardIndex(lab.Database).Read([October], ScoredTickets.AsOf, CancellationToken.None)).ToDictionary(c => c.Unit, c => c.Counts);
        var tickets = new ScoredTicketIndex(lab.Database);
        var lists = new TicketIndex(lab.Database, new(new byte[32]), new FakeTimeProvider(ScoredTickets.AsOf));

        foreach (var unit in ScoredTickets.UnitCodes)
        {
            var now = await tickets.Now(October, unit, CancellationToken.None);
            Assert.Equal(counted[unit], now.Aggregate(UnitCounts.None, (sum, t) => sum + t.CountsIn(October, ScoredTickets.AsOf)));
            Assert.Equal(now.ToHashSet(), (await tickets.Then(October, unit, new(ScoredTickets.AsOf, null), CancellationToken.None)).Tickets.ToHashSet());
            foreach (var measure in Enum.GetValues<MeasureName>())
                await Lists(lists, now, unit, measure);
        }
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Find_KnowsIdsAndNumbers_AndWhatAUnitMaySee(string engine)
    {
        await using var lab = await Open(engine, server);
        var writes = ScoredTickets.Random(5, 3).Writes.Select(w => w with { Index = w.Index with { Unit = "DG" }, Scored = ScoredRows.None }).ToArray();
        await Task.WhenAll(writes.Select(lab.Store.Write));
        var second = writes[2] with { TicketId = "T-second", Index = writes[2].Index with { TicketId = "T-second", Source = "110" } };
        await lab.Store.Write(second);
        var tickets = new ScoredTicketIndex(lab.Database);
        async Task<string> Code(string? own, params string[] names) => (await tickets.Find(names, own, CancellationToken.None)) is { Rejection: { } no } ? no.Code + no.Pointer : "found";

        Assert.Equal("found", await Code(null, "T-5-0", "T-5-1"));
        Assert.Equal("found", await Code("DG", "T-5-0"));
        Assert.Equal("trial.ticket-unknown/withoutTickets/0", await Code("XB", "T-5-0"));
        Assert.Equal("trial.ticket-unknown/withoutTickets/1", await Code(null, "T-5-0", "nobody"));
        Assert.Equal("trial.ticket-ambiguous/withoutTickets/0", await Code(null, "T-5-2"));
        Assert.Equal("found", await Code(null, "T-second"));
    }

    private static async Task Lists(TicketIndex lists, IReadOnlyList<ScoredTicket> tickets, string unit, MeasureName measure)
    {
        var behind = CountedRules.Behind(tickets, measure, October, ScoredTickets.AsOf);
        var page = (await lists.List(new TicketFilter(ScoreUnit: unit, Measure: Codes.Of(measure), Month: October), 200, null, true, CancellationToken.None)).Value!;
        Assert.Equal(behind.Select(t => t.Id).Distinct().Order(StringComparer.Ordinal), page.Items.Select(t => t.Id).Order(StringComparer.Ordinal));
        Assert.Equal(page.Items.Count, page.Total);
    }
}
