using Hotline.Jobs;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Hotline.Units;
using static Hotline.Storage.StoreLab;

namespace Hotline.Integrity;

/// <summary>Whatever is edited behind the service's back is named by the check, and what can be derived is made right by the rebuild; a sound store is
/// never accused.</summary>
public sealed class DamageTests(PostgresServer server)
{
    private static readonly string Ticket = TicketIdentity.KeyOf("12345", "S1");
    private static readonly string JudgedTicket = TicketIdentity.KeyOf("12345", "S4");

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task SoundStore_IsCalledSound_AndRebuildChangesNothing(string engine)
    {
        await using var lab = await Busy(engine);

        Assert.Empty(await Check(lab));
        var rebuilt = await Rebuild(lab);

        Assert.Equal((0, 3), (rebuilt.Mended, rebuilt.Done));
        Assert.Empty(await Discrepancies(lab));
    }

    /// <summary>Every column of every derived row, edited once: named, never believed by a table, and made right.</summary>
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task EditedDerivedRow_IsNamed_AndMadeRight(string engine)
    {
        await using var lab = await Busy(engine);
        await Judged(lab);
        foreach (var (table, column, row) in Columns)
        {
            var before = await lab.Scalar<string>($"SELECT CAST({column} AS TEXT) FROM {table} WHERE {row}");
            await lab.Execute($"UPDATE {table} SET {column} = {Another(table, column, before)} WHERE {row}");

            Assert.True((await Check(lab)).Count > 0, $"{table}.{column}");
            await MadeRight(lab);
            Assert.Equal(before, await lab.Scalar<string>($"SELECT CAST({column} AS TEXT) FROM {table} WHERE {row}"));
        }
    }

    /// <summary>The scores add these columns up, so what is neither 0 nor 1 would count twice.</summary>
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task FlagThatIsNeitherYesNorNo_IsNamed_AndMadeRight(string engine)
    {
        await using var lab = await Busy(engine);
        await Judged(lab);
        foreach (var (table, column, row) in Columns.Where(c => c.Table != "ticket_index" && c.Column is "support" or "on_time" or "completed" or "excluded" or "owed" or "blameless"))
        {
            foreach (var flag in new[] { 2, -1 })
            {
                await lab.Execute($"UPDATE {table} SET {column} = {flag} WHERE {row}");

                Assert.True((await Check(lab)).Count > 0, $"{table}.{column} = {flag}");
                await MadeRight(lab);
            }
        }
    }

    /// <summary>A row too few, or one too many.</summary>
    [Theory]
    [InlineData("DELETE FROM ticket_obligation WHERE ticket_id = '{0}' AND support = 0"), InlineData("DELETE FROM ticket_obligation WHERE ticket_id = '{0}' AND support = 1")]
    [InlineData("DELETE FROM ticket_obligation WHERE ticket_id = '{0}'"), InlineData("DELETE FROM ticket_answer WHERE ticket_id = '{1}'")]
    [InlineData("INSERT INTO ticket_obligation (ticket_id, unit, support, on_time, completed, ending, excluded, owed) VALUES ('{0}', 'XB', 0, 1, 1, 0, 0, 0)")]
    [InlineData("INSERT INTO ticket_answer (ticket_id, unit, month, at, answer, first_answer, excluded, blameless) VALUES ('{0}', 'XB', 202610, 1791777600000, 1, 1, 0, 0)")]
    public async Task RowTakenAwayOrPutIn_IsNamed_AndMadeRight(string edit)
    {
        foreach (var engine in new[] { Sqlite, PostgreSql })
        {
            await using var lab = await Busy(engine);
            await Judged(lab);
            await lab.Execute(string.Format(System.Globalization.CultureInfo.InvariantCulture, edit, Ticket, JudgedTicket));

            Assert.Single(await Check(lab));
            Assert.Single(await Discrepancies(lab, asForProposal: true));
            await MadeRight(lab);
            Assert.Equal((3, 1), (await lab.Scalar<long>($"SELECT count(*) FROM ticket_obligation WHERE ticket_id IN ('{Ticket}', '{JudgedTicket}')"),
                await lab.Scalar<long>($"SELECT count(*) FROM ticket_answer WHERE ticket_id IN ('{Ticket}', '{JudgedTicket}')")));
        }
    }

    /// <summary>A row that belongs to no ticket at all.</summary>
    [Theory, InlineData("ticket_obligation"), InlineData("ticket_answer")]
    public async Task RowOfNoTicket_IsNamed(string table)
    {
        foreach (var engine in new[] { Sqlite, PostgreSql })
        {
            await using var lab = await Busy(engine);
            await Judged(lab);
            await lab.Execute($"UPDATE {table} SET ticket_id = 'T-gone' WHERE ticket_id = '{JudgedTicket}'");

            Assert.Contains("ticket T-gone: no events", await Check(lab));
            Assert.Equal(JudgedTicket, Assert.Single(await Discrepancies(lab, asForProposal: true)).Ticket);
        }
    }

    /// <summary>What a month's figures rest on, edited so that the ticket would leave the month, the unit or the count.</summary>
    [Theory]
    [InlineData("ticket_index", "ticket_id = 'T-gone'", "1 = 1")]
    [InlineData("ticket_obligation", "month = NULL", "support = 0"), InlineData("ticket_obligation", "month = 202001", "support = 0")]
    [InlineData("ticket_obligation", "due_at = 1", "support = 0"), InlineData("ticket_obligation", "unit = 'XB'", "support = 0")]
    [InlineData("ticket_obligation", "on_time = 1 - on_time", "support = 0"), InlineData("ticket_obligation", "completed = 1 - completed", "support = 0")]
    [InlineData("ticket_obligation", "excluded = 1", "support = 0"), InlineData("ticket_obligation", "ending = 3", "support = 0")]
    [InlineData("ticket_obligation", "month = NULL", "support = 1"), InlineData("ticket_obligation", "on_time = 1", "support = 1")]
    [InlineData("ticket_answer", "month = 202001", "1 = 1"), InlineData("ticket_answer", "at = 1", "1 = 1"), InlineData("ticket_answer", "unit = 'XB'", "1 = 1")]
    [InlineData("ticket_answer", "answer = 1", "1 = 1"), InlineData("ticket_answer", "first_answer = 1", "1 = 1")]
    [InlineData("ticket_answer", "excluded = 1", "1 = 1"), InlineData("ticket_answer", "blameless = 1", "1 = 1")]
    public async Task EditedFigure_IsSeenByWhatFixesAMonth(string table, string edit, string row)
    {
        foreach (var engine in new[] { Sqlite, PostgreSql })
        {
            await using var lab = await Busy(engine);
            await Judged(lab);
            await lab.Execute($"UPDATE {table} SET {edit} WHERE {row} AND ticket_id = '{(table == "ticket_answer" ? JudgedTicket : Ticket)}'");

            Assert.NotEmpty(await Discrepancies(lab));
        }
    }

    [Theory]
    [InlineData("ticket_event", "type = 'annotated'", "seq = 2"), InlineData("ticket_event", "at = at + 1", "seq = 2")]
    [InlineData("ticket_event", "actor = '他人'", "seq = 2"), InlineData("ticket_event", "client = 'key-9'", "seq = 2")]
    [InlineData("ticket_event", "body = replace(body, 'DG', 'XB')", "seq = 2"), InlineData("ticket_event", "hash = 'x'", "seq = 2")]
    [InlineData("ticket_event", "seq = 99", "seq = 2"), InlineData("ticket_event", "ticket_id = 'T-other'", "seq = 2")]
    [InlineData("ticket_text", "text = '改过的标题'", "slot = 'title'"), InlineData("ticket_text", "hash = 'x'", "slot = 'title'")]
    [InlineData("ticket_text", "slot = 'content'", "slot = 'title'"), InlineData("ticket_text", "ticket_id = 'T-other'", "slot = 'title'")]
    [InlineData("command_key", "client = 'x'", "1 = 1"), InlineData("command_key", "key = 'x'", "1 = 1"), InlineData("command_key", "body_hash = 'x'", "1 = 1")]
    [InlineData("command_key", "ticket_id = 'x'", "1 = 1"), InlineData("command_key", "seq = 2", "1 = 1"), InlineData("command_key", "at = 1", "1 = 1")]
    [InlineData("feed_seal", "digest = 'x'", "1 = 1"), InlineData("feed_seal", "events = 1", "1 = 1"), InlineData("feed_seal", "at = 1", "1 = 1")]
    public async Task EditedTruth_IsNamed_AndLeftAsItIs(string table, string edit, string where)
    {
        foreach (var engine in new[] { Sqlite, PostgreSql })
        {
            await using var lab = await Busy(engine);
            await Unguard(lab, engine);
            await lab.Execute($"UPDATE {table} SET {edit} WHERE {where}{(table.StartsWith("ticket", StringComparison.Ordinal) ? $" AND ticket_id = '{Ticket}'" : "")}");

            Assert.NotEmpty(await Check(lab));
            Assert.Equal(0, (await Rebuild(lab)).Mended);
        }
    }

    [Theory]
    [InlineData("DELETE FROM ticket_event WHERE ticket_id = '{0}' AND seq = (SELECT max(seq) FROM ticket_event WHERE ticket_id = '{0}')", "missing")]
    [InlineData("DELETE FROM ticket_text WHERE ticket_id = '{0}' AND slot = 'title'", "a text of its registration is missing")]
    [InlineData("DELETE FROM ticket_text WHERE ticket_id = '{0}' AND slot LIKE 'recalled/%'", "is missing")]
    [InlineData("DELETE FROM ticket_event WHERE ticket_id = '{0}'", "no events")]
    public async Task WhatWasCutOut_IsNamed(string cut, string named)
    {
        foreach (var engine in new[] { Sqlite, PostgreSql })
        {
            await using var lab = await Busy(engine);
            await lab.Do("S1", new Annotate("备注"));
            await lab.Do("S2", new Recall("派错了承办单位"));
            await Unguard(lab, engine);
            var of = cut.Contains("recalled", StringComparison.Ordinal) ? TicketIdentity.KeyOf("12345", "S2") : Ticket;
            await lab.Execute(string.Format(System.Globalization.CultureInfo.InvariantCulture, cut, of));

            Assert.Contains(await Check(lab), line => line.Contains(named, StringComparison.Ordinal));
        }
    }

    /// <summary>Nothing but the seals remembers a ticket that is gone from every table.</summary>
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task RemovedTicket_OrItsCutTail_IsMissedByTheSeals_AndNothingIsPublished(string engine)
    {
        await using var lab = await Busy(engine);
        await Unguard(lab, engine);
        await lab.Execute($"DELETE FROM ticket_event WHERE ticket_id = '{Ticket}'; DELETE FROM ticket_index WHERE ticket_id = '{Ticket}'; "
            + $"DELETE FROM ticket_text WHERE ticket_id = '{Ticket}'; DELETE FROM ticket_obligation WHERE ticket_id = '{Ticket}'; DELETE FROM command_key");

        Assert.Contains(await Check(lab), line => line.StartsWith("seal 1: of ", StringComparison.Ordinal));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task EditedTicket_IsNeitherServedNorGoneOnWith(string engine)
    {
        await using var lab = await Busy(engine);
        await lab.Restart();
        await Unguard(lab, engine);
        await lab.Execute($"UPDATE ticket_event SET actor = '他人' WHERE ticket_id = '{Ticket}' AND seq = 2");
        await lab.Execute($"UPDATE ticket_text SET text = '改过的标题' WHERE ticket_id = '{TicketIdentity.KeyOf("12345", "S2")}' AND slot = 'title'");

        await Assert.ThrowsAsync<DamagedTicketException>(() => lab.Ticket("S1").Read(ClusterLab.Centre));
        await Assert.ThrowsAsync<DamagedTicketException>(() => lab.Do("S1", new Annotate("x")));
        await Assert.ThrowsAsync<DamagedTicketException>(() => lab.Ticket("S2").Read(ClusterLab.Centre));
        var list = (await lab.Of<TicketIndex>().List(new(), 50, null, false, CancellationToken.None)).Value!;
        Assert.Equal(["〔文字与校验值不符〕", "夜间施工噪声", "夜间施工噪声"], list.Items.OrderBy(i => i.ExternalNo != "S2").Select(i => i.Title));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task TicketWithoutIndexRow_IsMadeWholeAgain(string engine)
    {
        await using var lab = await Busy(engine);
        await lab.Execute($"DELETE FROM ticket_index WHERE ticket_id = '{Ticket}'; DELETE FROM ticket_obligation WHERE ticket_id = '{Ticket}'");
        await lab.Restart();

        await Assert.ThrowsAsync<DamagedTicketException>(() => lab.Ticket("S1").Read(ClusterLab.Centre));
        Assert.NotEmpty(await Discrepancies(lab));
        Assert.Equal(1, (await Rebuild(lab)).Mended);
        Assert.Empty(await Check(lab));
        await lab.Do("S1", new Accept(), ClusterLab.Handler);
    }

    /// <summary>Three tickets: one dispatched with a supporting unit that still owes, one dispatched, one fresh; sealed.</summary>
    private async Task<ClusterLab> Busy(string engine)
    {
        var lab = await ClusterLab.Start(engine, server, more: s => s.AddScorecards());
        await lab.Grains.GetGrain<IUnitGrain>(UnitKeys.Of("XB")).Describe(new("西关派出所", UnitTier.Station, "赵强", "孙副局", null, null, null, null), Actor.System);
        await lab.Register("S1", key: "k1");
        await lab.Do("S1", new Dispatch("DG", ["XB"]));
        await lab.Register("S2");
        await lab.Do("S2", new Dispatch("XB"));
        await lab.Register("S3");
        Assert.Equal(5, await lab.Of<FeedSeals>().SealNew(CancellationToken.None));
        return lab;
    }

    /// <summary>A fourth ticket, brought to its answer: dissatisfied, on time.</summary>
    private static async Task Judged(ClusterLab lab)
    {
        await lab.Register("S4");
        await lab.Do("S4", new Dispatch("DG"));
        await lab.Do("S4", new Accept(), ClusterLab.Handler);
        await lab.Do("S4", new Contact(Channel.Phone, true), ClusterLab.Handler);
        await lab.Do("S4", new Reply(Finding.True, "到场劝导", OutcomeType.Solved, "已到现场核实并劝导停止夜间施工，工地已承诺整改。", Channel.Phone), ClusterLab.Handler);
        await lab.Do("S4", new ApproveReply(), ClusterLab.Second);
        await lab.Do("S4", new RecordCallback(CallOutcome.Answered, true, false, Satisfaction.Dissatisfied));
    }

    private static async Task MadeRight(ClusterLab lab)
    {
        Assert.Equal((1, 0), (await Rebuild(lab)) is var mended ? (mended.Mended, mended.Wrong.Count) : default);
        Assert.Empty(await Check(lab));
    }

    /// <summary>Every column of the derived rows: the ticket's, both its units', and the judged ticket's answer.</summary>
    private static IEnumerable<(string Table, string Column, string Row)> Columns =>
        TicketColumns.All.Select(c => ("ticket_index", c.Name, $"ticket_id = '{Ticket}'"))
            .Concat(TicketColumns.OfObligation.Split(", ").SelectMany(_ => new[] { 0, 1 }, (c, support) => ("ticket_obligation", c, $"ticket_id = '{Ticket}' AND support = {support}")))
            .Concat(TicketColumns.OfAnswer.Split(", ").Select(c => ("ticket_answer", c, $"ticket_id = '{JudgedTicket}'")));

    private static async Task<IReadOnlyList<string>> Check(ClusterLab lab)
    {
        var check = new StoreCheck(lab.Of<TextHasher>(), lab.Of<FeedSeals>());
        await Reading(lab, readings => check.Run(lab.Of<Database>().Engine, readings, CancellationToken.None));
        return check.Wrong;
    }

    private static async Task<StoreRebuild> Rebuild(ClusterLab lab)
    {
        var rebuild = new StoreRebuild(lab.Of<Database>(), lab.Of<TextHasher>(), lab.Of<TicketStore>().NoteAll);
        await Reading(lab, readings => rebuild.Run(readings, CancellationToken.None));
        return rebuild;
    }

    private static async Task Reading(ClusterLab lab, Func<IReadOnlyList<Reading>, Task> work)
    {
        await using var readings = await Readings.Open(lab.Of<Database>(), CancellationToken.None);
        await work(readings.All);
    }

    /// <param name="asForProposal">Whoever was registered of late is looked at too, as when figures are fixed.</param>
    private static async Task<IReadOnlyList<TicketDiscrepancy>> Discrepancies(ClusterLab lab, bool asForProposal = false)
    {
        var lately = asForProposal ? (lab.Clock.GetUtcNow().AddDays(-100), lab.Clock.GetUtcNow()) : ((DateTimeOffset, DateTimeOffset)?)null;
        var history = new MonthHistory(lab.Of<Database>(), KnownHistory.All, registered: lately);
        await history.Read([new(2026, 10)], lab.Clock.GetUtcNow(), CancellationToken.None);
        return history.Discrepancies;
    }

    private static Task Unguard(ClusterLab lab, string engine) => lab.Execute(engine == Sqlite
        ? "DROP TRIGGER ticket_event_no_update; DROP TRIGGER ticket_event_no_delete" : "ALTER TABLE ticket_event DISABLE TRIGGER USER");

    private static string Another(string table, string column, string? before) => (table, column) switch
    {
        (_, "external_no" or "source" or "nature" or "urgency" or "topic" or "place" or "status" or "unit" or "caller_key" or "desk" or "work" or "work_unit"
            or "work_not_by" or "asked" or "asked_by" or "extension_for" or "extension_by" or "exclusion_for" or "exclusion_by" or "card_unit") => "'edited'",
        ("ticket_index", "seq") => "1",
        _ => before is null ? "7" : $"{column} + 1",
    };
}
