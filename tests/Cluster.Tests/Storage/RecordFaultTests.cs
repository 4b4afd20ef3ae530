using System.Text.Json;
using Hotline.Access;
using Hotline.Notices;
using Hotline.Policies;
using Hotline.Reminders;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Units;
using Hotline.WorkCalendar;
using static Hotline.Scorecards.ScoreLab;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>Every command on every record, with a fault before its write, after it, or with its answer lost with the silo: what is told is true, what is read
/// afterwards is what is stored, and the repeat under the same key has one effect and the first answer.</summary>
public sealed class RecordFaultTests(PostgresServer server)
{
    private static readonly Month August = new(2026, 8);
    private static readonly Actor Admin = new("系统管理员", "key-9", [Role.Administrator], null, true);

    private static readonly JsonSerializerOptions Shown = new(StoredJson.Options) { IncludeFields = true };

    /// <summary>The long round takes every command on both engines.</summary>
    private static bool IsLong => Environment.GetEnvironmentVariable("HOTLINE_TEST_LONG") == "1";

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (i, name) in Commands.Keys.Index())
            {
                cases.Add(Sqlite, name);
                if (i % 4 == 0 || IsLong)
                {
                    cases.Add(PostgreSql, name);
                }
            }
            return cases;
        }
    }

    private static readonly Dictionary<string, Command> Commands = new()
    {
        ["describe unit"] = new(Nothing, (lab, call) => Of(UnitOf(lab, "C").Describe(new("丙所", UnitTier.Station, null, null, null, null, null), call)),
            async lab => await lab.Grains.GetGrain<IUnitDirectoryGrain>(UnitKeys.Roll).Changes(-1), Admin),
        ["propose unit change"] = new(lab => lab.Unit("C"), (lab, call) => Of(UnitOf(lab, "C").Describe(Moved, call)), ReadUnit, Admin),
        ["approve unit change"] = new(ProposeMove, (lab, call) => Of(UnitOf(lab, "C").ApproveChange(call)), ReadUnit, Li),
        ["refuse unit change"] = new(ProposeMove, (lab, call) => Of(UnitOf(lab, "C").RefuseChange("本月不变", call)), ReadUnit, Li),
        ["create key"] = new(Nothing, (lab, call) => Of(Keys(lab).Create(new("王芳", [Role.Viewer], null, null, "hash"), call)), ReadKeys, Admin),
        ["revoke key"] = new(lab => Done(Keys(lab).Create(new("王芳", [Role.Viewer], null, null, "hash"), Admin)),
            (lab, call) => Of(Keys(lab).Revoke("key-1", call)), ReadKeys, Admin),
        ["put scoring policy"] = new(Nothing, (lab, call) => Of(lab.Policies.Put(ScoringPolicy.V1 with { Version = "b" }, new(false, null), call)), ReadPolicies, Wang),
        ["approve scoring policy"] = new(ProposePolicy, (lab, call) => Of(lab.Policies.Approve("b", call)), ReadPolicies, Li),
        ["drop scoring policy"] = new(ProposePolicy, (lab, call) => Of(lab.Policies.Drop("b", call)), ReadPolicies, Wang),
        ["put deadlines"] = new(Nothing, (lab, call) => Of(Deadlines(lab).Put(LaterDeadlines, new(false, null), call)), ReadDeadlines, Wang),
        ["approve deadlines"] = new(ProposeDeadlines, (lab, call) => Of(Deadlines(lab).Approve("d", call)), ReadDeadlines, Li),
        ["drop deadlines"] = new(ProposeDeadlines, (lab, call) => Of(Deadlines(lab).Drop("d", call)), ReadDeadlines, Wang),
        ["import calendar year"] = new(Nothing, (lab, call) => Of(Calendar(lab).PutYear(new(2027, "通知", [new(2027, 1, 1)], []), null, "", call)),
            async lab => await Calendar(lab).History(), Admin),
        ["change hours"] = new(Nothing, (lab, call) => Of(Calendar(lab).PutHours(new([new(new(8, 0), new(16, 0))]), "2026.1", "夏令", call)),
            async lab => await Calendar(lab).History(), Admin),
        ["close"] = new(Nothing, (lab, call) => Of(lab.Table(September).Close(call)), ReadTable, Wang, "league-table"),
        ["propose"] = new(lab => Done(lab.Table(September).Close(Wang)), (lab, call) => Of(lab.Table(September).ProposePublication(call)), ReadTable, Wang),
        ["approve"] = new(Proposed, (lab, call) => Of(lab.Table(September).ApprovePublication(call)), ReadTable, Li),
        ["withdraw proposal"] = new(Proposed, (lab, call) => Of(lab.Table(September).EndProposal("还有申请", call)), ReadTable, Wang),
        ["propose correction"] = new(Corrected, (lab, call) => Of(lab.Table(September).ProposeCorrection("补登", call)), ReadTable, Wang),
        ["approve correction"] = new(async lab =>
        {
            await Corrected(lab);
            await Done(lab.Table(September).ProposeCorrection("补登", Wang));
        }, (lab, call) => Of(lab.Table(September).ApproveCorrection(call)), ReadTable, Li),
        ["record veto"] = new(Nothing, (lab, call) => Of(Quarter(lab).Veto("A所", VetoGround.Leak, "泄露诉求人信息", null, call)), ReadQuarter, Wang),
        ["withdraw veto"] = new(lab => Done(Quarter(lab).Veto("A所", VetoGround.Leak, "泄露诉求人信息", null, Wang)),
            (lab, call) => Of(Quarter(lab).WithdrawVeto("V-1", "查否", call)), ReadQuarter, Wang),
        ["propose quarter"] = new(Summer, (lab, call) => Of(Quarter(lab).Propose(LeagueTier.Station, null, call)), ReadQuarter, Wang),
        ["approve quarter"] = new(async lab =>
        {
            await Summer(lab);
            await Done(Quarter(lab).Propose(LeagueTier.Station, null, Wang));
        }, (lab, call) => Of(Quarter(lab).Approve(LeagueTier.Station, call)), ReadQuarter, Li),
        ["withdraw quarter"] = new(async lab =>
        {
            await Summer(lab);
            await Done(Quarter(lab).Propose(LeagueTier.Station, null, Wang));
        }, (lab, call) => Of(Quarter(lab).EndProposal(LeagueTier.Station, "九月排名正在更正", call)), ReadQuarter, Wang),
        ["edit notice"] = new(Drafted, (lab, call) => Of(Notice(lab).Edit("改过的通报文字", null, call)), ReadNotice, Li),
        ["issue notice"] = new(Drafted, (lab, call) => Of(Notice(lab).Issue(null, null, call)), ReadNotice, Li),
        ["withdraw notice"] = new(Drafted, (lab, call) => Of(Notice(lab).Withdraw("不发", call)), ReadNotice, Li),
    };

    [Theory, MemberData(nameof(Cases))]
    public async Task CommandOnARecord_WhateverBreaksOff_HasOneEffectAndItsFirstAnswer(string engine, string name)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        var command = Commands[name];
        await command.Prepare(lab);
        var (before, call) = (await Read(lab, command), new CallContext(command.By, "k", "body"));

        lab.Faults.Arm(Fault.Before, command.Record);
        Assert.Equal(("storage.unavailable", false), await command.Do(lab, call));
        Assert.True(lab.Faults.Struck);
        Assert.Equal(before, await Read(lab, command));

        lab.Faults.Arm(Fault.After, command.Record);
        Assert.Equal(("outcome.unknown", false), await command.Do(lab, call));
        Assert.True(lab.Faults.Struck);
        var after = await Read(lab, command);
        Assert.NotEqual(before, after);

        Assert.Equal((null, true), await command.Do(lab, call));
        await lab.Restart();
        Assert.Equal((null, true), await command.Do(lab, call));
        Assert.Equal(("idempotency.mismatch", false), await command.Do(lab, call with { BodyHash = "other" }));
        Assert.Equal(after, await Read(lab, command));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task ReminderThatCouldNotBeKept_IsGivenAgain(string engine)
    {
        await using var lab = await ScoreLab.Start(engine, server);
        var board = lab.Grains.GetGrain<IReminderGrain>(IReminderGrain.Key);
        var reminder = new Reminder(ReminderKind.TableProvisional, "league/2026-09/station", [Role.OfficeDirector], "请公布", lab.Clock.GetUtcNow(), lab.Clock.GetUtcNow());
        lab.Faults.Arm(Fault.Before);
        Assert.Empty(await board.Remind([reminder]));
        Assert.Empty(await board.Open());
        lab.Faults.Arm(Fault.After);
        Assert.Empty(await board.Remind([reminder]));
        Assert.Single(await board.Open());
        lab.Faults.Arm(Fault.Before);
        await board.Settle([reminder.Subject]);
        Assert.Single(await board.Open());
        await board.Settle([reminder.Subject]);
        Assert.Empty(await board.Open());
    }

    [Fact]
    public async Task OldestOfManyKeys_IsForgotten_TheLastFiftyAreKept()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        for (var i = 0; i <= Kept<AccessState>.MostAnswers; i++)
        {
            await Done(Keys(lab).Create(new($"n{i}", [Role.Viewer], null, null, $"h{i}"), new(Admin, $"k{i}", "body")));
        }
        Assert.Equal("key.secret-known", (await Keys(lab).Create(new("n0", [Role.Viewer], null, null, "h0"), new(Admin, "k0", "body"))).Rejection!.Code);
        Assert.True((await Keys(lab).Create(new("n1", [Role.Viewer], null, null, "h1"), new(Admin, "k1", "body"))).Replayed);
    }

    private static Task Nothing(ScoreLab lab) => Task.CompletedTask;

    private static async Task Proposed(ScoreLab lab)
    {
        await lab.Tickets("A", September, 6, 1);
        await Done(lab.Table(September).Close(Wang));
        await Done(lab.Table(September).ProposePublication(Wang));
    }

    private static async Task Corrected(ScoreLab lab)
    {
        await lab.Publish(September);
        await lab.Tickets("A", September, 1);
    }

    private static async Task Summer(ScoreLab lab)
    {
        foreach (var month in new[] { new Month(2026, 7), August, September })
        {
            await lab.Tickets("A", month, 6);
            await lab.Publish(month);
        }
    }

    private static async Task Drafted(ScoreLab lab)
    {
        await lab.Tickets("A", September, 6);
        await lab.Publish(September);
    }

    private static DescribeUnit Moved => new("C所", UnitTier.Brigade, null, null, null, null, null, TierFrom: new(2026, 10));

    private static async Task ProposeMove(ScoreLab lab)
    {
        await lab.Unit("C");
        await Done(UnitOf(lab, "C").Describe(Moved, Admin));
    }

    private static async Task<object?> ReadUnit(ScoreLab lab) =>
        new { Unit = await UnitOf(lab, "C").Get(), Decided = await UnitOf(lab, "C").DecidedChanges() };

    private static async Task ProposePolicy(ScoreLab lab)
    {
        await Done(lab.Table(August).Close(Wang));
        await Done(lab.Policies.Put(ScoringPolicy.V1 with { Version = "b" }, new(false, null), Wang));
    }

    private static DeadlinePolicy LaterDeadlines => DeadlinePolicy.V1 with { Version = "d", EffectiveFrom = new(2026, 11, 1) };

    private static Task ProposeDeadlines(ScoreLab lab) => Done(Deadlines(lab).Put(LaterDeadlines, new(false, null), Wang));

    private static IUnitGrain UnitOf(ScoreLab lab, string code) => lab.Grains.GetGrain<IUnitGrain>(UnitKeys.Of(code));

    private static IAccessGrain Keys(ScoreLab lab) => lab.Grains.GetGrain<IAccessGrain>(KeyRingCopy.GrainKey);

    private static IDeadlinePoliciesGrain Deadlines(ScoreLab lab) => lab.Grains.GetGrain<IDeadlinePoliciesGrain>(DeadlinePolicies.Key);

    private static ICalendarGrain Calendar(ScoreLab lab) => lab.Grains.GetGrain<ICalendarGrain>(ICalendarGrain.Key);

    private static IQuarterGrain Quarter(ScoreLab lab) => lab.Grains.GetGrain<IQuarterGrain>(AwardKeys.Of(new(2026, 3)));

    private static INoticeGrain Notice(ScoreLab lab) =>
        lab.Grains.GetGrain<INoticeGrain>(NoticeIdentity.Of(September, LeagueTier.Station, NoticeKind.Commend, "A"));

    private static async Task<object?> ReadKeys(ScoreLab lab) => await Keys(lab).Changes(-1);

    private static async Task<object?> ReadPolicies(ScoreLab lab) => await lab.Policies.Changes(-1);

    private static async Task<object?> ReadDeadlines(ScoreLab lab) => await Deadlines(lab).Changes(-1);

    private static async Task<object?> ReadTable(ScoreLab lab) => (await lab.Table(September).Standing(), (await lab.Tables.Revisions(September, LeagueTier.Station)).Value);

    private static async Task<object?> ReadQuarter(ScoreLab lab) => (await Quarter(lab).Vetoes(), (await Quarter(lab).Lists(LeagueTier.Station, null, false)).Value);

    private static async Task<object?> ReadNotice(ScoreLab lab) => (await Notice(lab).Read()).Value;

    private static async Task<string> Read(ScoreLab lab, Command command) =>
        JsonSerializer.Serialize(await command.Read(lab), Shown);

    private static async Task<(string? Code, bool Replayed)> Of<T>(Task<Result<T>> command) where T : class
    {
        var result = await command;
        return (result.Rejection?.Code, result.Replayed);
    }

    private static async Task Done<T>(Task<Result<T>> command) where T : class => Assert.Null((await command).Rejection);

    private sealed record Command(Func<ScoreLab, Task> Prepare, Func<ScoreLab, CallContext, Task<(string? Code, bool Replayed)>> Do,
        Func<ScoreLab, Task<object?>> Read, Actor By, string? Record = null);
}
