using Hotline.Policies;
using Hotline.Rules.Tests.Scorecards;
using Hotline.Shared;
using Hotline.Storage;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>The index query against the second reckoning, on both engines.</summary>
public sealed class ScorecardIndexTests(PostgresServer server)
{
    private static readonly Month October = new(ScoredTickets.Month);

    [Theory, InlineData(Sqlite, 1), InlineData(Sqlite, 2), InlineData(PostgreSql, 1), InlineData(PostgreSql, 2)]
    public async Task Read_CountsEveryTicketAsTheReferenceDoes(string engine, int seed)
    {
        await using var lab = await Open(engine, server);
        var tickets = ScoredTickets.Random(seed, 600);
        await Task.WhenAll(tickets.Writes.Select(lab.Store.Write));

        var read = await new ScorecardIndex(lab.Database).Read([October], ScoredTickets.AsOf, CancellationToken.None);

        var expected = new ReferenceTable(October.Key, ScoredTickets.UnitCodes, tickets.Facts, ScoringPolicy.V1).Lines();
        Assert.Equal(expected.Select(Text).Order(StringComparer.Ordinal), read.Select(Text).Order(StringComparer.Ordinal));
        Assert.Equal(tickets.Writes.SelectMany(w => w.Scored.Answers).Count(a => a is { Month: ScoredTickets.Month, Answer: 3, Blameless: true, Excluded: false }),
            read.Sum(r => r.Counts.BlamelessDissatisfied));
    }

    /// <summary>Each obligation of the month is in exactly one place, and all places together are what the unit received.</summary>
    [Theory, InlineData(Sqlite, 1), InlineData(Sqlite, 2), InlineData(PostgreSql, 1), InlineData(PostgreSql, 2)]
    public async Task Read_PutsEachObligationInOnePlace_AndTheyAddUpToReceived(string engine, int seed)
    {
        await using var lab = await Open(engine, server);
        var tickets = ScoredTickets.Random(seed, 900);
        await Task.WhenAll(tickets.Writes.Select(lab.Store.Write));

        var read = (await new ScorecardIndex(lab.Database).Read([October], ScoredTickets.AsOf, CancellationToken.None)).ToDictionary(r => r.Unit, r => r.Counts);

        foreach (var unit in ScoredTickets.UnitCodes)
        {
            var places = Enum.GetValues<MeasureName>().Where(m => m is > MeasureName.Received and < MeasureName.Declined).ToArray();
            Assert.All(places, place => Assert.Equal((place, tickets.Outside(unit, place)), (place, OutsideRules.Of(read[unit], place))));
            Assert.All(places, place => Assert.True(OutsideRules.Of(read[unit], place) > 0, $"{unit} has no {place}."));
            Assert.Equal(tickets.Received(unit), read[unit].Received);
            Assert.Equal(read[unit].Counted.Reply.Due + places.Sum(place => OutsideRules.Of(read[unit], place)), read[unit].Received);
            Assert.Equal(new(tickets.Unanswered(unit, 4), tickets.Unanswered(unit, 5), tickets.Unanswered(unit, 6), tickets.Unanswered(unit, 7)),
                read[unit].Counted.Unreached);
        }
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Read_OfSeveralMonths_IsEachMonthOnItsOwn(string engine)
    {
        await using var lab = await Open(engine, server);
        await Task.WhenAll(ScoredTickets.Random(7, 200).Writes.Select(lab.Store.Write));
        var index = new ScorecardIndex(lab.Database);

        var both = await index.Read([October, October.Previous], ScoredTickets.AsOf, CancellationToken.None);

        var apart = (await index.Read([October], ScoredTickets.AsOf, CancellationToken.None))
            .Concat(await index.Read([October.Previous], ScoredTickets.AsOf, CancellationToken.None));
        Assert.Equal(apart.ToHashSet(), both.ToHashSet());
        Assert.Equal(October.Previous, await index.FirstMonth(CancellationToken.None));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Read_OfAnEmptyStore_IsEmpty(string engine)
    {
        await using var lab = await Open(engine, server);
        var index = new ScorecardIndex(lab.Database);

        Assert.Empty(await index.Read([October], ScoredTickets.AsOf, CancellationToken.None));
        Assert.Null(await index.FirstMonth(CancellationToken.None));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Presence_NamesTheMonthsAndAnswersOfTheAskedUnits(string engine)
    {
        await using var lab = await Open(engine, server);
        var tickets = ScoredTickets.Random(3, 300);
        await Task.WhenAll(tickets.Writes.Select(lab.Store.Write));

        var present = await new ScorecardIndex(lab.Database).Presence([October, October.Previous], ["DG", "nobody"], CancellationToken.None);

        Assert.Equal([October.Previous, October], present.Select(p => p.Month).Order());
        Assert.All(present, p => Assert.Equal("DG", p.Unit));
        Assert.Equal(tickets.Facts.Count(f => f is { Unit: "DG", AnswerMonth: ScoredTickets.Month, Excluded: false }), present.Single(p => p.Month == October).Answers);
    }

    private static string Text(ReferenceTable.Line l) => FormattableString.Invariant(
        $"{l.Unit}: {l.Due} {l.Replied} {l.Completed} {l.Satisfied} {l.Basically} {l.Dissatisfied} {l.FirstSatisfied} {l.Unreached} {l.ExcludedReplies} {l.Compressed} {l.Suspended} {l.DueWithExcluded} {l.SatisfiedWithExcluded} {l.AnswersWithExcluded}");

    private static string Text(UnitMonth m)
    {
        var (c, all) = (m.Counts.Counted, m.Counts.WithExcluded);
        return FormattableString.Invariant(
            $"{m.Unit}: {c.Reply.Due} {c.Reply.Replied} {c.Reply.Completed} {c.Answers.Satisfied} {c.Answers.BasicallySatisfied} {c.Answers.Dissatisfied} {c.FirstAnswers.Satisfied} {c.Unreached.Total} {m.Counts.ExcludedReplies} {m.Counts.Compressed} {m.Counts.Suspended} {all.Reply.Due} {all.Answers.Satisfied} {all.Answers.Effective}");
    }
}
