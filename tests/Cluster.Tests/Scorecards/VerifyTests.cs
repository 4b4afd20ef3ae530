using Dapper;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using static Hotline.Scorecards.ScoreLab;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>核验: from the histories of tickets alone, as far as they went when the figures were fixed.</summary>
public sealed class VerifyTests(PostgresServer server)
{
    /// <summary>What would be counted is first held against the histories: an edited row is not published.</summary>
    [Theory]
    [InlineData("UPDATE ticket_answer SET answer = 1, first_answer = 1", "answer = 3"), InlineData("UPDATE ticket_answer SET month = 202608", "1 = 1")]
    [InlineData("UPDATE ticket_answer SET unit = 'B'", "1 = 1"), InlineData("UPDATE ticket_obligation SET unit = 'B'", "1 = 1")]
    [InlineData("UPDATE ticket_obligation SET month = 202608", "1 = 1"), InlineData("UPDATE ticket_obligation SET month = NULL", "1 = 1")]
    [InlineData("UPDATE ticket_obligation SET ending = 3", "on_time = 0"), InlineData("DELETE FROM ticket_answer", "answer = 3")]
    [InlineData("DELETE FROM ticket_obligation", "on_time = 0")]
    public async Task EditedRow_KeepsTheMonthFromBeingProposed_UntilItIsMadeRight(string edit, string where)
    {
        foreach (var engine in new[] { Sqlite, PostgreSql })
        {
            await using var lab = await ScoreLab.Start(engine, server);
            await lab.Tickets("A", September, 6, 2);
            await lab.Table(September).Close(Wang);
            lab.Clock.Advance(TimeSpan.FromDays(5));
            var table = edit.Contains("ticket_answer", StringComparison.Ordinal) ? "ticket_answer" : "ticket_obligation";
            await lab.Execute($"{edit} WHERE ticket_id = (SELECT min(ticket_id) FROM {table} WHERE {where})");

            var refused = (await lab.Table(September).ProposePublication(Wang)).Rejection!;
            Assert.Equal(("league.history-differs", RejectionKind.State), (refused.Code, refused.Kind));
            Assert.Contains("有 1 件工单", refused.Detail, StringComparison.Ordinal);

            await lab.Rebuild();
            Assert.True((await lab.Table(September).ProposePublication(Wang)).IsDone);
        }
    }

    /// <summary>An event that was cut out of a sealed history is missed, and nothing is published without it.</summary>
    [Fact]
    public async Task TicketCutOutOfTheHistory_KeepsTheMonthFromBeingProposed()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        var tickets = await lab.Tickets("A", September, 6, 2);
        await lab.Of<FeedSeals>().SealNew(CancellationToken.None);
        await lab.Table(September).Close(Wang);
        lab.Clock.Advance(TimeSpan.FromDays(5));
        var id = tickets[^1].TicketId;
        await lab.Execute($"DROP TRIGGER ticket_event_no_delete; DELETE FROM ticket_event WHERE ticket_id = '{id}'; DELETE FROM ticket_index WHERE ticket_id = '{id}'");

        Assert.Equal("league.history-differs", (await lab.Table(September).ProposePublication(Wang)).Rejection!.Code);
    }

    [Fact]
    public async Task EditedEventType_IsSeen()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        var tickets = await lab.Tickets("A", September, 6);
        await lab.Publish(September);
        await lab.Execute($"DROP TRIGGER ticket_event_no_update; UPDATE ticket_event SET type = 'annotated' WHERE ticket_id = '{tickets[0].TicketId}' AND seq = 3");

        Assert.Equal(tickets[0].TicketId, Assert.Single((await lab.Table(September).Verify()).Value!.Result!.Tickets).Ticket);
    }

    /// <summary>Who asks again is answered from the run that was begun.</summary>
    [Fact]
    public async Task Verification_IsFoundAgainByItsRun()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Tickets("A", September, 6);
        await lab.Publish(September);
        var begun = (await lab.Table(September).Verify()).Value!;

        var again = (await lab.Table(September).Verification(begun.Run)).Value!;
        Assert.Equal((begun.Run, begun.Result!.RecomputedHash), (again.Run, again.Result!.RecomputedHash));
        Assert.Equal("not-found", (await lab.Table(September).Verification("none")).Rejection!.Code);
    }

    /// <summary>An answer that came too late to count in the place of the first changes nothing at all.</summary>
    [Theory, InlineData(Sqlite, true), InlineData(PostgreSql, true), InlineData(Sqlite, false), InlineData(PostgreSql, false)]
    public async Task CallbackAnsweredAfterPublication_LeavesVerifySame_AndIsToldWhenItCounts(string engine, bool replaces)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.Tickets("A", September, 6);
        TicketState? open = null;
        await lab.Of<TicketStore>().Done(LabTickets.Write("late", "A", September, false, journal =>
        {
            LabTickets.Reply(journal, September, 8);
            LabTickets.CallBack(journal, September, 9, Satisfaction.Dissatisfied);
            open = journal.State;
        }));
        await lab.Publish(September);

        var journal = LabTickets.GoOn(open!);
        LabTickets.CallBack(journal, new(2026, 10), 12, Satisfaction.Satisfied, replaces);
        await lab.Of<TicketStore>().Done(LabTickets.Of(journal));

        var verified = (await lab.Table(September).Verify()).Value!.Result!;
        Assert.True(verified is { Matches: true, Tickets.Count: 0 }, verified.Text);
        Assert.Equal((replaces, replaces), (verified.WouldChange, verified.Later.Contains(new("/rows/A/satisfactionRate/satisfied", "6", "7"))));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task TicketThatLeftTheMonthSince_IsFoundInItsHistory(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.Tickets("A", September, 6);
        TicketState? open = null;
        await lab.Of<TicketStore>().Done(LabTickets.Write("gone", "A", September, false, journal => open = journal.State));
        await lab.Publish(September);
        lab.Clock.Advance(TimeSpan.FromDays(1));
        var journal = LabTickets.GoOn(open!);
        journal.Record(new PromiseRecomputed(LabTickets.At(September, 10), LabTickets.Promised(September) with { DueAt = LabTickets.At(September.Next, 9) }, "A"),
            lab.Clock.GetUtcNow(), "me");
        await lab.Of<TicketStore>().Done(LabTickets.Of(journal));

        var verified = (await lab.Table(September).Verify()).Value!.Result!;
        Assert.True(verified is { Matches: true, WouldChange: true, TicketsRead: 7 }, verified.Text);
        Assert.Contains(new("/rows/A/replyRate/denominator", "7", "6"), verified.Later);
    }

    /// <summary>What was missed stays missed, whatever happens to the ticket later.</summary>
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task WithdrawAfterTheMiss_LeavesTheMiss(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.Tickets("A", September, 6);
        TicketState? open = null;
        await lab.Of<TicketStore>().Done(LabTickets.Write("missed", "A", September, false, journal => open = journal.State));
        await lab.Publish(September);
        lab.Clock.Advance(TimeSpan.FromDays(1));
        var journal = LabTickets.GoOn(open!);
        journal.Record(new Withdrawn(WithdrawnBy.Caller, []), lab.Clock.GetUtcNow(), "me");
        await lab.Of<TicketStore>().Done(LabTickets.Of(journal));

        var verified = (await lab.Table(September).Verify()).Value!.Result!;
        Assert.True(verified is { Matches: true, WouldChange: false, TicketsRead: 7 }, verified.Text);
        Assert.Equal(7, (await lab.Read(September)).Rows.Single(r => r.Unit.Code == "A").ReplyRate.Denominator);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task IndexRowThatIsNotWhatItsHistoryMakesIt_IsNamed(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        var tickets = await lab.Tickets("A", September, 6);
        await lab.Publish(September);
        await lab.Of<Database>().Write((connection, transaction) => connection.ExecuteAsync(
            "UPDATE ticket_answer SET answer = 3 WHERE ticket_id = @id", new { id = tickets[0].TicketId }, transaction), CancellationToken.None);

        var verified = (await lab.Table(September).Verify()).Value!.Result!;
        Assert.True(verified is { Matches: true, WouldChange: true }, verified.Text);
        var named = Assert.Single(verified.Tickets);
        Assert.Equal((tickets[0].TicketId, new LeagueDifference("A.answer.answer", "3", "1")), (named.Ticket, Assert.Single(named.Facts)));
    }

    [Fact]
    public async Task EditedEvent_IsNamed_AndItsTicketIsNotCounted()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        var tickets = await lab.Tickets("A", September, 6);
        await lab.Publish(September);
        await lab.Of<Database>().Write(async (connection, transaction) =>
        {
            await connection.ExecuteAsync("DROP TRIGGER ticket_event_no_update", transaction: transaction);
            await connection.ExecuteAsync("UPDATE ticket_event SET actor = 'x' WHERE ticket_id = @id AND seq = 3", new { id = tickets[0].TicketId }, transaction);
        }, CancellationToken.None);

        var verified = (await lab.Table(September).Verify()).Value!.Result!;
        Assert.True(verified is { Matches: false, Intact: true }, verified.Text);
        Assert.Equal(tickets[0].TicketId, Assert.Single(verified.Tickets).Ticket);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task RenamedUnits_CorrectedAndUnpublishedEarlierMonths_LeaveEveryRevisionVerifiable(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.SmallTables();
        var (july, august) = (new Month(2026, 7), new Month(2026, 8));
        foreach (var month in new[] { new(2026, 6), july, august, September })
        {
            await lab.Tickets("A", month, 6, 2);
            await lab.Tickets("B", month, 8);
        }
        await lab.Publish(august);
        await lab.Publish(September);
        await lab.Rename("A", "新名所");
        await lab.Tickets("B", july, 0, 9);
        await lab.Tickets("B", august, 0, 9);
        await lab.Table(august).ProposeCorrection("补登", Wang);
        Assert.Equal(2, (await lab.Table(august).ApproveCorrection(Li)).Value!.Revision);

        Assert.All(new[] { (august, 1), (august, 2), (September, 1) }, revision =>
        {
            var verified = lab.Table(revision.Item1).Verify(revision.Item2).GetAwaiter().GetResult().Value!.Result!;
            Assert.True(verified.Matches, $"{revision} {verified.Text} {string.Join(", ", verified.Differences)}");
        });
        Assert.Contains((await lab.Table(September).Verify()).Value!.Result!.Later, d => d.Pointer == "/rows/A/bottomThreeStreak");
    }
}
