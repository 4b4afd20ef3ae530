using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>What the ticket store promises, on both engines.</summary>
public sealed class TicketStoreTests(PostgresServer server)
{
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Write_OfNewTicket_ShowsIndexEventsTextsAndKeyTogether(string engine)
    {
        await using var lab = await Open(engine, server);

        await lab.Store.Done(Command("T-1", 0, "a", Key("k1")));

        Assert.Equal("a", await lab.Scalar<string>("SELECT topic FROM ticket_index WHERE ticket_id = 'T-1'"));
        Assert.Equal(1, await lab.Scalar<long>("SELECT live FROM ticket_index WHERE ticket_id = 'T-1'"));
        var stored = Assert.Single(await lab.Reads.Events("T-1", 0, 10));
        Assert.Equal(Command("T-1", 0).Events[0], stored);
        Assert.Equal([new TicketText("title", "标题 a", "h")], await lab.Reads.Texts("T-1"));
        Assert.Equal(Key("k1"), await lab.Reads.FindKey("client", "k1"));
        Assert.Null(await lab.Reads.FindKey("other", "k1"));
        Assert.Equal(Command("T-1", 0).Scored.InOrder(), await lab.Scored("T-1"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Write_OfNextEvents_ReplacesIndexAndText_AndTakesNoObligationAway(string engine)
    {
        await using var lab = await Open(engine, server);
        var first = Command("T-1", 0);
        await lab.Store.Done(first);
        var (led, supported, answered) = (first.Scored.Obligations[0], first.Scored.Obligations[1], first.Scored.Answers[0]);
        // The unit that supports leads now, beside what it owed before; another leads too, and the answer is the last one.
        var next = new ScoredRows(
            [supported with { RepliedAt = 5, OnTime = true, Completed = true, Owed = false, Excluded = true }, new("XB", false, null, null, null, false, false, 9, false, true),
                new("ZX", false, 202611, OctoberNoon + 2_592_000_000, null, false, false, 3, false, false)],
            [answered with { Answer = 2, Excluded = true, Blameless = true }, new("ZX", 202611, OctoberNoon + 2_592_000_000, 7, 0, false, true)]);

        await lab.Store.Done(Command("T-1", 1, "b") with { Scored = next });
        await lab.Store.Done(Command("T-1", 2, "c") with { Scored = ScoredRows.None });

        Assert.Equal(3, (await lab.Reads.History("T-1")).Seq);
        Assert.Equal("c", await lab.Scalar<string>("SELECT topic FROM ticket_index WHERE ticket_id = 'T-1'"));
        Assert.Equal([1, 2, 3], (await lab.Reads.Events("T-1", 0, 10)).Select(e => e.Seq));
        Assert.Equal([3], (await lab.Reads.Events("T-1", 2, 10)).Select(e => e.Seq));
        Assert.Equal("标题 c", Assert.Single(await lab.Reads.Texts("T-1")).Text);
        Assert.Equal(new ScoredRows([led, .. next.Obligations], next.Answers).InOrder(), await lab.Scored("T-1"));
        Assert.Equal(0, await lab.Scalar<long>("SELECT count(*) FROM ticket_obligation WHERE odd = 1") + await lab.Scalar<long>("SELECT count(*) FROM ticket_answer WHERE odd = 1"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Write_OfStaleVersion_WritesNothingAtAll(string engine)
    {
        await using var lab = await Open(engine, server);
        await lab.Store.Write(Command("T-1", 0, "a"));
        await lab.Store.Write(Command("T-1", 1, "b"));
        // Another event number and slot, so that no primary key stands in for the version check.
        var stale = Command("T-1", 1, "x", Key("k9")) with { Events = [new EventRow(9, "x", 1, "me", "client", "{}", "")], Texts = [new TicketText("note", "x", "")],
            Scored = new([new("SG", false, null, null, null, false, false, 0, false, true)], [new("SG", 202610, OctoberNoon, 1, 1, false, false)]) };

        Assert.Equal(WriteOutcome.Stale, await lab.Store.Write(stale));
        Assert.Equal(WriteOutcome.Stale, await lab.Store.Write(stale with { ExpectedSeq = 0 }));
        Assert.Equal(WriteOutcome.Stale, await lab.Store.Write(Command("T-none", 3, "x", Key("k9"))));

        Assert.Equal(2, (await lab.Reads.History("T-1")).Seq);
        Assert.Equal("b", await lab.Scalar<string>("SELECT topic FROM ticket_index WHERE ticket_id = 'T-1'"));
        Assert.Equal(2, await lab.Count("ticket_event", "T-1"));
        Assert.Equal(1, await lab.Count("ticket_text", "T-1"));
        Assert.Equal(Command("T-1", 0).Scored.InOrder(), await lab.Scored("T-1"));
        Assert.Null(await lab.Reads.FindKey("client", "k9"));
        Assert.Equal(0, await lab.Count("ticket_index", "T-none"));
        Assert.Equal(0, await lab.Count("ticket_event", "T-none"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Write_WithKeyOfAnotherCommand_IsRefusedAndWritesNothing(string engine)
    {
        await using var lab = await Open(engine, server);
        await lab.Store.Write(Command("T-1", 0, "a", Key("k1")));

        Assert.Equal(WriteOutcome.KeyTaken, await lab.Store.Write(Command("T-2", 0, "b", Key("k1", "b2"))));
        Assert.Equal(WriteOutcome.KeyTaken, await lab.Store.Write(Command("T-1", 1, "b", Key("k1", "b2"))));

        Assert.Equal(0, await lab.Count("ticket_index", "T-2"));
        Assert.Equal(ScoredRows.None, await lab.Scored("T-2"));
        Assert.Equal(1, await lab.Count("ticket_event", "T-1"));
        Assert.Equal("b1", (await lab.Reads.FindKey("client", "k1"))!.BodyHash);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Write_OfManyAtOnce_WithBadOnes_FailsThoseAlone(string engine)
    {
        await using var lab = await Open(engine, server);
        await lab.Store.Write(Command("T-x", 0));
        var items = Enumerable.Range(0, 40).Select(i => Command($"T-{i:000}", 0)).ToList();
        // A fault in the database (the event's number is used), a stale one and one whose key is taken, among good ones.
        items[7] = Command("T-007", 0) with { Events = [items[7].Events[0], items[7].Events[0]] };
        items[8] = Command("T-x", 0);
        items[9] = Command("T-009", 0, "a", Key("same"));
        items[10] = Command("T-010", 0, "a", Key("same"));

        var outcomes = await lab.Writer.Write(items);

        Assert.Equal([7, 8, 10], Enumerable.Range(0, 40).Where(i => outcomes[i].Outcome != WriteOutcome.Written));
        Assert.Equal((null, WriteOutcome.Stale, WriteOutcome.KeyTaken), (outcomes[7].Outcome, outcomes[8].Outcome, outcomes[10].Outcome));
        Assert.NotNull(outcomes[7].Fault);
        Assert.Equal(0, await lab.Count("ticket_index", "T-007"));
        Assert.Equal(ScoredRows.None, await lab.Scored("T-007"));
        Assert.Equal(0, await lab.Count("ticket_event", "T-007"));
        Assert.Equal(38, await lab.Scalar<long>("SELECT count(*) FROM ticket_index"));
        Assert.Equal(38, await lab.Scalar<long>("SELECT count(*) FROM ticket_event"));
    }

    [Theory]
    [InlineData(Sqlite, null)]
    [InlineData(PostgreSql, null)]
    [InlineData(PostgreSql, "a\0b")]
    public async Task Write_OfTextTheEngineRefuses_FailsThatItemAlone(string engine, string? text)
    {
        await using var lab = await Open(engine, server);
        var outcomes = await lab.Writer.Write([Command("T-1", 0), Command("T-2", 0) with { Texts = [new TicketText("note", text!, "")] }, Command("T-3", 0)]);

        Assert.Equal([WriteOutcome.Written, WriteOutcome.Written], [outcomes[0].Outcome, outcomes[2].Outcome]);
        Assert.NotNull(outcomes[1].Fault);
        Assert.Null(outcomes[1].Outcome);
        Assert.Equal(0, await lab.Count("ticket_index", "T-2"));
        Assert.Equal(1, await lab.Count("ticket_index", "T-3"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task FirstWrite_ByTwoStoresAtOnce_HasOneWinner(string engine)
    {
        await using var lab = await Open(engine, server);
        var other = lab.Another();

        var races = Enumerable.Range(0, 200).Select(i => Race(lab.Store.Write(Command($"T-{i}", 0, "a", Key($"a{i}"))), other.Write(Command($"T-{i}", 0, "b", Key($"b{i}")))));

        Assert.All(await Task.WhenAll(races), winners => Assert.Equal(1, winners));
        Assert.Equal(200, await lab.Scalar<long>("SELECT count(*) FROM ticket_index"));
        Assert.Equal(200, await lab.Scalar<long>("SELECT count(*) FROM ticket_event"));
        Assert.Equal(200, await lab.Scalar<long>("SELECT count(*) FROM command_key"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task NextWrites_ByTwoStoresOnOneTicket_NeverForkItsHistory(string engine)
    {
        await using var lab = await Open(engine, server);
        var other = lab.Another();
        await lab.Store.Write(Command("T-1", 0));

        for (var version = 1; version <= 50; version++)
        {
            Assert.Equal(1, await Race(lab.Store.Write(Command("T-1", version, "a")), other.Write(Command("T-1", version, "b"))));
        }

        var events = await lab.Reads.Events("T-1", 0, 100);
        Assert.Equal(Enumerable.Range(1, 51), events.Select(e => e.Seq));
        Assert.Equal(51, (await lab.Reads.History("T-1")).Seq);
        Assert.Contains($"\"{await lab.Scalar<string>("SELECT topic FROM ticket_index")}\"", events[^1].Body, StringComparison.Ordinal);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Write_WithOneKeyForTwoTickets_ByTwoStoresAtOnce_HasOneWinner(string engine)
    {
        await using var lab = await Open(engine, server);
        var other = lab.Another();

        for (var i = 0; i < 50; i++)
        {
            var (a, b) = (lab.Store.Write(Command($"T-a{i}", 0, "a", Key($"k{i}"))), other.Write(Command($"T-b{i}", 0, "b", Key($"k{i}"))));
            Assert.Equal([WriteOutcome.Written, WriteOutcome.KeyTaken], (await Task.WhenAll(a, b)).Order());
        }
        Assert.Equal(50, await lab.Scalar<long>("SELECT count(*) FROM ticket_index"));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Stop_FinishesWhatWasTakenIn_AndTakesNothingNew(string engine)
    {
        await using var lab = await Open(engine, server);
        var writes = Enumerable.Range(0, 600).Select(i => lab.Store.Write(Command($"T-{i}", 0))).ToList();

        await lab.Store.Stop();

        Assert.Equal(600, await lab.Scalar<long>("SELECT count(*) FROM ticket_index"));
        Assert.All(await Task.WhenAll(writes), outcome => Assert.Equal(WriteOutcome.Written, outcome));
        Assert.Equal(WriteOutcome.Unavailable, await lab.Store.Write(Command("T-late", 0)));
    }

    /// <summary>How many of two racing writes won; the loser must be told that it was stale.</summary>
    private static async Task<int> Race(Task<WriteOutcome> one, Task<WriteOutcome> two)
    {
        var outcomes = await Task.WhenAll(one, two);
        Assert.All(outcomes, outcome => Assert.True(outcome is WriteOutcome.Written or WriteOutcome.Stale, $"{outcome}"));
        return outcomes.Count(outcome => outcome == WriteOutcome.Written);
    }
}
