using System.Data.Common;
using Dapper;
using Hotline.Shared;
using Hotline.Storage;
using static Hotline.Scorecards.ScoreLab;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>Wherever a step on the way to publication breaks off, there is no revision or one whole revision, and the step can be repeated.</summary>
public sealed class PublicationCrashTests(PostgresServer server)
{
    private static readonly string[] Steps = ["close", "propose", "approve", "propose-correction", "approve-correction"];

    public static TheoryData<string, string, Fault, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, Fault, bool>();
            foreach (var step in Steps)
            {
                cases.Add(Sqlite, step, Fault.Before, true);
                cases.Add(Sqlite, step, Fault.After, false);
            }
            cases.Add(PostgreSql, "approve", Fault.After, true);
            cases.Add(PostgreSql, "approve-correction", Fault.Before, false);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task StepThatBreaksOffInItsRecord_LeavesNoneOrOneWholeRevision_AndGoesOn(string engine, string broken, Fault fault, bool restart)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        await lab.Tickets("A", September, 6, 1);
        foreach (var step in Steps)
        {
            if (step == "propose-correction")
            {
                await lab.Tickets("A", September, 1);
            }

            if (step == broken)
            {
                await BreakOff(lab, step, fault);
                if (restart)
                {
                    await lab.Restart();
                }
            }

            Assert.Null((await Do(lab, step)).Rejection);
        }

        var list = (await lab.Tables.Revisions(September, LeagueTier.Station)).Value!;
        Assert.Equal([1, 2], list.Items.Select(r => r.Revision));
        Assert.Null(list.Proposal);
        Assert.True((await lab.Table(September).Verify(1)).Value!.Result!.Matches);
        Assert.True((await lab.Table(September).Verify(2)).Value!.Result!.Matches);
    }

    [Theory, InlineData("approve"), InlineData("approve-correction")]
    public async Task RevisionThatCannotBeInserted_IsNotThere_AndTheProposalStands(string broken)
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        await lab.Tickets("A", September, 6, 1);
        foreach (var step in Steps.TakeWhile(s => s != broken))
        {
            if (step == "propose-correction")
            {
                await lab.Tickets("A", September, 1);
            }
            Assert.Null((await Do(lab, step)).Rejection);
        }
        var before = (await lab.Tables.Revisions(September, LeagueTier.Station)).Value!;

        await Sql(lab, "CREATE TRIGGER broken BEFORE INSERT ON revision BEGIN SELECT RAISE(ABORT, 'broken'); END");
        await Assert.ThrowsAnyAsync<Exception>(() => Do(lab, broken));
        Assert.Equal(before.Items, (await lab.Tables.Revisions(September, LeagueTier.Station)).Value!.Items);
        await Sql(lab, "DROP TRIGGER broken");

        var done = (await Do(lab, broken)).Value!;
        Assert.Equal((before.Items.Count + 1, before.Proposal!.ContentHash), (done.Revision, done.ContentHash));
    }

    private static async Task BreakOff(ScoreLab lab, string step, Fault fault)
    {
        var before = (await lab.Tables.Revisions(September, LeagueTier.Station)).Value!.Items;
        lab.Faults.Arm(fault);
        Assert.Equal(fault == Fault.Before ? "storage.unavailable" : "outcome.unknown", (await Do(lab, step)).Rejection!.Code);
        Assert.True(lab.Faults.Struck);
        var after = (await lab.Tables.Revisions(September, LeagueTier.Station)).Value!.Items;
        Assert.InRange(after.Count, before.Count, before.Count + 1);
        foreach (var revision in after)
        {
            Assert.Equal(revision.ContentHash, (await lab.Read(September, revision.Revision)).ContentHash);
        }
    }

    private static Task<Result<LeagueTable>> Do(ScoreLab lab, string step) => step switch
    {
        "close" => lab.Table(September).Close(new(Wang, step, "body")),
        "propose" => lab.Table(September).ProposePublication(new(Wang, step, "body")),
        "approve" => lab.Table(September).ApprovePublication(new(Li, step, "body")),
        "propose-correction" => lab.Table(September).ProposeCorrection("补登", new(Wang, step, "body")),
        _ => lab.Table(September).ApproveCorrection(new(Li, step, "body")),
    };

    private static Task Sql(ScoreLab lab, string sql) =>
        lab.Of<Database>().Write((DbConnection connection, DbTransaction transaction) => connection.ExecuteAsync(sql, transaction: transaction), CancellationToken.None);
}
