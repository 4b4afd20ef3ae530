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

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task SoundStore_IsCalledSound_AndRebuildChangesNothing(string engine)
    {
        await using var lab = await Busy(engine);

        Assert.Empty(await Check(lab));
        var rebuilt = await Rebuild(lab);

        Assert.Equal((0, 3), (rebuilt.Mended, rebuilt.Done));
        Assert.Empty(await Discrepancies(lab));
    }

    /// <summary>Every column of the tables that are derived, edited once: named, never believed by a table, and made right.</summary>
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task EditedDerivedRow_IsNamed_AndMadeRight(string engine)
    {
        await using var lab = await Busy(engine);
        var columns = TicketColumns.All.Select(c => ("ticket_index", c.Name))
            .Concat(((string[])["unit", "reply_month", "reply_due_at", "replied_at", "on_time", "excluded", "owed"]).Select(c => ("ticket_support", c)));
        foreach (var (table, column) in columns)
        {
            var before = await lab.Scalar<string>($"SELECT CAST({column} AS TEXT) FROM {table} WHERE ticket_id = '{Ticket}'");
            await lab.Execute($"UPDATE {table} SET {column} = {Another(table, column, before)} WHERE ticket_id = '{Ticket}'");

            Assert.NotEmpty(await Check(lab));
            Assert.Equal((1, 0), (await Rebuild(lab)) is var mended ? (mended.Mended, mended.Wrong.Count) : default);
            Assert.Equal(before, await lab.Scalar<string>($"SELECT CAST({column} AS TEXT) FROM {table} WHERE ticket_id = '{Ticket}'"));
            Assert.Empty(await Check(lab));
        }
    }

    /// <summary>What a month's figures rest on, edited so that the ticket would leave the month, the unit or the count.</summary>
    [Theory]
    [InlineData("ticket_index", "reply_month = NULL"), InlineData("ticket_index", "reply_month = 202001"), InlineData("ticket_index", "reply_due_at = 1")]
    [InlineData("ticket_index", "score_unit = NULL"), InlineData("ticket_index", "replied_on_time = 1"), InlineData("ticket_index", "excluded = 1")]
    [InlineData("ticket_index", "ticket_id = 'T-gone'"), InlineData("ticket_support", "reply_month = NULL"), InlineData("ticket_support", "on_time = 1")]
    public async Task EditedFigure_IsSeenByWhatFixesAMonth(string table, string edit)
    {
        foreach (var engine in new[] { Sqlite, PostgreSql })
        {
            await using var lab = await Busy(engine);
            await lab.Execute($"UPDATE {table} SET {edit} WHERE ticket_id = '{Ticket}'");

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
            await lab.Do("S2", new Recall("派错"));
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
            + $"DELETE FROM ticket_text WHERE ticket_id = '{Ticket}'; DELETE FROM ticket_support WHERE ticket_id = '{Ticket}'; DELETE FROM command_key");

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
        await lab.Execute($"DELETE FROM ticket_index WHERE ticket_id = '{Ticket}'; DELETE FROM ticket_support WHERE ticket_id = '{Ticket}'");
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

    private static async Task<IReadOnlyList<TicketDiscrepancy>> Discrepancies(ClusterLab lab)
    {
        var history = new MonthHistory(lab.Of<Database>(), KnownHistory.All);
        await history.Read([new(2026, 10)], lab.Clock.GetUtcNow(), CancellationToken.None);
        return history.Discrepancies;
    }

    private static Task Unguard(ClusterLab lab, string engine) => lab.Execute(engine == Sqlite
        ? "DROP TRIGGER ticket_event_no_update; DROP TRIGGER ticket_event_no_delete" : "ALTER TABLE ticket_event DISABLE TRIGGER USER");

    private static string Another(string table, string column, string? before) => (table, column) switch
    {
        (_, "external_no" or "source" or "nature" or "urgency" or "topic" or "place" or "status" or "unit" or "caller_key" or "desk" or "work" or "work_unit"
            or "work_not_by" or "extension_for" or "extension_by" or "exclusion_by" or "card_unit" or "score_unit") => "'edited'",
        ("ticket_index", "seq") => "1",
        _ => before is null ? "7" : $"{column} + 1",
    };
}
