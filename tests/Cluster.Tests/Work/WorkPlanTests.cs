using Dapper;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using static Hotline.Storage.StoreLab;

namespace Hotline.Work;

/// <summary>Work queues, the ledger of alarms and the sweep walk along indexes, however many tickets there are.</summary>
public sealed class WorkPlanTests(PostgresServer server)
{
    private const int Tickets = 20_000;

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task EveryQueue_IsAStretchOfItsIndex(string engine)
    {
        await using var lab = await Filled(engine);
        var question = new WorkQuestion(Enum.GetValues<Role>(), "王芳", true, "U7", ["U7", "U8"]);
        var values = WorkSections.Values(question);
        values.AddDynamicParams(new { limit = 51, now = 5_000_000L, afterDue = 6_000_000L, afterId = "T-6000" });

        foreach (var section in WorkSections.For(question))
        {
            foreach (var sql in new[] { WorkIndex.PageSql([section], null), WorkIndex.PageSql([section], new ListPlace(6_000_000, "T-6000", 8)), WorkIndex.CountSql([section]) })
            {
                var plan = await Plans.Of(lab, sql, values);
                Assert.True(plan.Contains(IndexOf(section.Kind), StringComparison.Ordinal), sql + "\n" + plan);
                Plans.ReadsNoWholeTable(plan, sql);
            }
        }
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task APageOfEverything_ReadsNoWholeTable(string engine)
    {
        await using var lab = await Filled(engine);
        var question = new WorkQuestion(Enum.GetValues<Role>(), "王芳", true, "U7", []);
        var values = WorkSections.Values(question);
        values.AddDynamicParams(new { limit = 51, now = 5_000_000L, afterDue = 6_000_000L, afterId = "T-6000" });

        var sql = WorkIndex.PageSql(WorkSections.For(question), new ListPlace(6_000_000, "T-6000", 8));
        Plans.ReadsNoWholeTable(await Plans.Of(lab, sql, values), sql);
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Ledger_IsStretchesOfItsIndexes(string engine)
    {
        await using var lab = await Filled(engine);
        var values = new { Unit = "U7", From = 1_000_000L, To = 9_000_000L, Limit = 51, AfterAt = 6_000_000L, AfterId = "T-6000", AfterSeq = 2 };

        foreach (var filter in from unit in new[] { null, "U7" } from level in new AlarmLevel?[] { null, AlarmLevel.Red } select new AlarmFilter(unit, level, 1, 2))
        {
            var sql = AlarmLedger.Sql(filter, goesOn: true, lab.Options.Engine);
            var plan = await Plans.Of(lab, sql, values);
            Assert.Contains(filter.Unit is null ? "ticket_event_alarm" : "ticket_event_alarm_unit", plan, StringComparison.Ordinal);
            Plans.ReadsNoWholeTable(plan, sql);
        }
    }

    [Theory]
    [InlineData(Sqlite, false), InlineData(Sqlite, true), InlineData(PostgreSql, false), InlineData(PostgreSql, true)]
    public async Task Sweep_WalksTheAlarmIndex(string engine, bool others)
    {
        await using var lab = await Filled(engine);
        var values = new { Mine = 1, Silos = 3, Until = 50_000L, At = long.MinValue, Shard = -1, Id = "", Limit = 256 };

        var plan = await Plans.Of(lab, DueTickets.Sql(others), values);

        Assert.Contains("ticket_index_alarm", plan, StringComparison.Ordinal);
        Assert.Matches(engine == Sqlite ? "next_alarm_at[<>]" : "Index Cond: .*next_alarm_at <=", plan);
        Plans.ReadsNoWholeTable(plan, DueTickets.Sql(others));
        Assert.DoesNotMatch("Sort|TEMP B-TREE", plan);
    }

    private async Task<StoreLab> Filled(string engine)
    {
        var lab = await Open(engine, server);
        await lab.Store.Write(Command("T-0", 0));
        await Plans.Fill(lab, Tickets);
        return lab;
    }

    private static string IndexOf(WorkKind kind) => kind switch
    {
        WorkKind.SupportReply => "ticket_obligation_owed",
        WorkKind.ConfirmMerge or WorkKind.ConfirmDivert or WorkKind.ConfirmWithdrawal or WorkKind.ConfirmCorrection or WorkKind.DecideSuspension => "ticket_index_asked",
        WorkKind.DecideExtension => "ticket_index_extension",
        WorkKind.DecideExclusion => "ticket_index_exclusion",
        WorkKind.UnitOverdue => "ticket_index_card_unit",
        WorkKind.Overdue => "ticket_index_card",
        _ => "ticket_index_work",
    };
}
