using CsCheck;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>Random walks: any order of commands, by anybody, with hours or days between them. After each step the invariants of product.md §4 hold.
/// A failing walk is printed with its seed, shrunk.</summary>
public sealed class WalkTests
{
    private static readonly Actor[] People =
    [
        TicketBuilder.Dispatcher, TicketBuilder.Second, TicketBuilder.Handler, TicketBuilder.Person("所长", Role.UnitHead, "DG"),
        TicketBuilder.Person("治安民警", Role.UnitHandler, "ZA"), TicketBuilder.Reviewer, TicketBuilder.Centre, TicketBuilder.Person("另一回访员", Role.CallbackOfficer),
        TicketBuilder.Director, TicketBuilder.Deputy, TicketBuilder.Person("局长", Role.Leader), TicketBuilder.Person("指挥系统", Role.CommandSystem),
        TicketBuilder.Person("查看者", Role.Viewer),
    ];

    /// <summary>Each command with what it says, as the ticket and the hour ask for it: nothing is refused for its words.</summary>
    private static readonly Func<TicketBuilder, TicketCommand>[] Commands =
    [
        _ => new Dispatch("DG", ["ZA"]), _ => new Dispatch("ZA"), _ => new Dispatch("DG"), _ => new Accept("老王"), _ => new Contact(Channel.Phone, true),
        _ => TicketBuilder.Solved, _ => new ApproveReply(), _ => new SendBack("补正"), _ => new SendBack("空洞", SendBackKind.Void),
        _ => TicketBuilder.Answered(Satisfaction.Satisfied), _ => TicketBuilder.Answered(Satisfaction.Dissatisfied),
        _ => new RecordCallback(CallOutcome.Refused, Recording: "录音1号"), _ => new RecordCallback(CallOutcome.Unreachable), b => new Rework(b.State.Officer == "另一人" ? "又一人" : "另一人", null),
        _ => new Recall("派错"), _ => new Withdraw(WithdrawnBy.Caller, "撤回"), _ => new ConfirmWithdrawal(), _ => new RefuseWithdrawal("未联系"),
        b => new RequestReturn(ReturnReason.OtherDuty, "依据", b.State.LeadUnit == "ZA" ? "DG" : "ZA"), _ => new RequestReturn(ReturnReason.NotPolice, "依据"),
        _ => new UpholdReturn("同意"), _ => new RejectReturn("驳回"), b => TicketBuilder.Suspension(WorkCalendar.ShanghaiTime.DateOf(b.Now).AddDays(9)),
        _ => new Suspend(), _ => new RefuseSuspension("不足"), _ => new Resume("恢复"), _ => new SupportReply("ZA", "意见"), _ => new MarkDifficult("疑难"),
        _ => new Supervise("限期"), _ => new NoteProgress("进展"), b => new CloseOrder(b.State.Order is { Passed: true } && !b.State.AwaitsReview ? OrderResult.Solved : OrderResult.Blameless, "已办", "证据"),
        b => new RequestExclusion("超出职责", $"证据{b.State.Seq}"), _ => new DecideExclusion(true, "属实"), _ => new DecideExclusion(false, "不足"),
        _ => new RevokeExclusion("不实"), _ => new Annotate("备注"), _ => new Archive(),
        b => new RequestExtension((b.State.Open(HandlingRules.Working(b.State))?.DueAt ?? b.Now).AddHours(1), "鉴定未出"), _ => new ApproveExtension(),
        _ => new RefuseExtension("不同意"), _ => new Divert("城管局", "占道", "清单"), _ => new ConfirmDivert(), _ => new RefuseDivert("属我局"),
        _ => new ReturnFromAgency("退回"), _ => new TrackDivert("回执", null), _ => new AnswerCaller(Channel.Phone, "已告知"), _ => new Decline(DeclineReason.Litigation, "诉讼中"),
        _ => new TransferTo110("打架", "110-1"), _ => new Reopen("重新受理"), b => new Correct("有误", b.State.Nature == Nature.Consultation ? Nature.Complaint : Nature.Consultation),
        b => new Correct("有误", Topic: "养犬" + b.State.Seq), _ => new ConfirmCorrection(), _ => new RefuseCorrection("无误"), _ => new Chase("催办"), _ => new Instruct("批示"),
        _ => new OpenDiscussion("研讨"), _ => new RevealCaller("联系"), _ => new Merge("T-x", "同一事"), _ => new ConfirmMerge(), _ => new RefuseMerge("不是"),
    ];

    private static readonly Gen<(int Command, int Actor, int Hours)[]> Steps =
        Gen.Select(Gen.Int[0, Commands.Length - 1], Gen.Int[0, People.Length - 1], Gen.Int[0, 60], (c, a, h) => (c, a, h)).Array[0, 60];

    /// <summary>A walk that gets somewhere: of the commands that somebody may give, one.</summary>
    private static readonly Gen<(int Pick, int Hours)[]> Allowed = Gen.Select(Gen.Int[0, 10_000], Gen.Frequency((3, Gen.Int[0, 3]), (1, Gen.Int[4, 90]))).Array[0, 60];

    /// <summary>Read back from its rows a ticket is what it was; its version is its last event.</summary>
    [Fact]
    public void HistoryReadBack_IsTheTicket() => Allowed.Sample(steps =>
    {
        var ticket = Wander(steps, (_, _) => { });
        var history = TicketHistory.Of(ticket.State.Id, ticket.Events);

        Assert.Null(history.Damage);
        Assert.Equal(TicketProjection.Row(ticket.State), TicketProjection.Row(history.State!));
        Assert.Equal(TicketProjection.Scored(ticket.State), TicketProjection.Scored(history.State!));
        Assert.Equal(ticket.Events[^1].Seq, history.State!.Seq);
        Assert.Equal(ticket.Events.Count, history.State.Seq);
    }, iter: 800);

    /// <summary>Only marked events take a ticket out of a month or of a unit's: what fixed figures are held against looks at no others.</summary>
    [Fact]
    public void EventWithoutItsMark_TakesNothingOutOfAMonth() => Allowed.Sample(steps => Wander(steps, (before, ticket) =>
    {
        var marked = ticket.Events.Skip(before.Seq).Any(e => TicketJson.MovingMonths.Contains($"'{e.Type}'", StringComparison.Ordinal));
        Assert.True(marked || !Counted(before).Except(Counted(ticket.State)).Any(), $"{ticket.Events[^1].Type} moves a month without its mark");
    }), iter: 800);

    /// <summary>Each edit of an event, wherever, is seen by whoever reads the history.</summary>
    [Fact]
    public void EditedEvent_IsSeen() => Gen.Select(Allowed, Gen.Int[0, 100], Gen.Int[0, 6]).Sample((steps, place, column) =>
    {
        var ticket = Wander(steps, (_, _) => { });
        var rows = ticket.Events.ToArray();
        var at = place % rows.Length;
        rows[at] = Edited(rows[at], column);

        Assert.NotNull(TicketHistory.Of(ticket.State.Id, rows).Damage);
        Assert.NotNull(TicketHistory.Of("T-another", ticket.Events).Damage);
    }, iter: 600);

    /// <summary>What was missed stays missed and with the unit that missed it; what a citizen answered stays with the unit whose reply was judged. Only an
    /// exclusion takes it out, and openly; and a void reply was none.</summary>
    [Fact]
    public void MissAndAnswer_NeverDisappear() => Allowed.Sample(steps => Wander(steps, (before, ticket) =>
    {
        var (now, rows) = (ticket.Now.ToUnixTimeMilliseconds(), TicketProjection.Scored(ticket.State));
        foreach (var was in TicketProjection.Scored(before).Obligations.Where(o => o.Unit.Length > 0 && IsMissed(o, before, now)))
        {
            var still = rows.Obligations.Single(o => o.Unit == was.Unit && o.Support == was.Support);
            Assert.True(IsMissed(still, ticket.State, now), $"{ticket.Events[^1].Type} took the miss of {was.Unit} away");
            Assert.Equal((was.Month, was.DueAt), (still.Month, still.DueAt));
        }

        foreach (var was in TicketProjection.Scored(before).Answers.Where(a => a.Answer <= 3))
        {
            var still = rows.Answers.Single(a => a.Unit == was.Unit);
            Assert.Equal((was.Month, was.At, was.FirstAnswer), (still.Month, still.At, still.FirstAnswer));
            Assert.True(still.Answer == was.Answer || ticket.Events[^1].Type == "calledBack", "an answer changed without a callback");
        }

        Assert.True(TicketProjection.Scored(before).Obligations.Count <= rows.Obligations.Count);
        Assert.DoesNotContain(rows.Answers, a => a.Answer > 3 && ticket.State.Answers.Count > 0);
    }), iter: 1500);

    /// <summary>A completion is missed for good once the due has passed and no submission made in time can pass any more.</summary>
    [Fact]
    public void MissedCompletion_NeverDisappears() => Allowed.Sample(steps => Wander(steps, (before, ticket) =>
    {
        var now = ticket.Now.ToUnixTimeMilliseconds();
        foreach (var was in TicketProjection.Scored(before).Obligations.Where(o => o is { Support: false, Unit.Length: > 0 } && IsUncompleted(o, before, now)))
        {
            var still = TicketProjection.Scored(ticket.State).Obligations.Single(o => o.Unit == was.Unit && !o.Support);
            Assert.True(IsUncompleted(still, ticket.State, now), $"{ticket.Events[^1].Type} took the missed completion of {was.Unit} away");
            Assert.Equal((was.Month, was.DueAt), (still.Month, still.DueAt));
        }
    }), iter: 1500);

    /// <summary>A unit has longer only by what two people decided, or by what it lost while its clock stood still; a command never makes a miss by itself.</summary>
    [Fact]
    public void DueMoves_OnlyByDecisionsOfTwo_OrByWhatWasLost() => Allowed.Sample(steps => Wander(steps, (before, ticket) =>
    {
        string[] later = ["extensionApproved", "resumed", "returnRejected", "dispatched", "corrected"];
        foreach (var was in TicketProjection.Scored(before).Obligations.Where(o => o.Unit.Length > 0))
        {
            var still = TicketProjection.Scored(ticket.State).Obligations.Single(o => o.Unit == was.Unit && o.Support == was.Support);
            var types = ticket.Events.Skip(before.Seq).Select(e => e.Type).ToArray();
            Assert.True(still.DueAt <= was.DueAt || types.Any(later.Contains), $"{types[^1]} gave {was.Unit} time");
            Assert.True(still.DueAt <= was.DueAt || !types.Contains("corrected") || before.Asked?.Kind == WorkKind.ConfirmCorrection, "one person gave time by a correction");
            Assert.True(still.DueAt == was.DueAt || still.DueAt > ticket.Now.ToUnixTimeMilliseconds() - 1, $"{types[^1]} put {was.Unit}'s due in the past");
        }
    }), iter: 1500);

    /// <summary>Nobody inherits another's miss: a unit's due lies after it got the ticket.</summary>
    [Fact]
    public void UnitsDue_LiesAfterItGotTheTicket() => Allowed.Sample(steps => Wander(steps, (_, ticket) =>
    {
        foreach (var owed in ticket.State.Obligations)
        {
            Assert.True(ticket.State.DueOf(owed) is not { } due || due.Compressed || (due.DueAt >= owed.Since && due.StartAt >= owed.Since));
        }
    }), iter: 800);

    /// <summary>Each obligation is in one place: received is the sum of all counts, whoever is asked when.</summary>
    [Fact]
    public void Received_IsTheSumOfAllCounts() => Gen.Select(Allowed, Gen.Int[0, 60]).Sample((steps, days) => Wander(steps, (_, ticket) =>
    {
        var scored = TicketProjection.Scored(ticket.State);
        var counts = Scorecards.CountRow.Of(scored, ticket.Now.AddDays(days - 20).ToUnixTimeMilliseconds()).Where(r => r.Kind == 1)
            .Aggregate(Scorecards.UnitCounts.None, (sum, r) => sum + r.Counts);
        Assert.Equal(scored.Obligations.Count(o => o.Month is not null), counts.Received + counts.Declined + counts.Merged);
    }), iter: 600);

    /// <summary>Nobody moves a figure without leaving it in the figure: whatever moved a due of what a unit owed, ended it without blame, or took a ticket out, is a line
    /// of its month, with the person who decided it; and the row as it is now stands in it.</summary>
    [Fact]
    public void EveryMoveOfAFigure_IsListed()
    {
        var seen = new HashSet<MoveKind>();
        Allowed.Sample(steps =>
        {
            var moving = new HashSet<int>();
            var ticket = Wander(steps, (before, b) =>
                moving.UnionWith(b.Events.Count == before.Seq + 1 && b.Events[^1].Type != "resumed" && IsMoved(before, b.State) ? [b.State.Seq] : []));
            var moves = MoveTrails.Of(ticket);
            Assert.Subset(moves.Select(m => m.Decided.Seq).ToHashSet(), moving);
            Assert.All(moves, m => Assert.Equal(TicketProjection.Scored(ticket.State).Obligations.Where(o => o.Unit == m.Unit), m.Now.Select(t => t.Owed)));
            Assert.All(moves, m => Assert.Equal(ticket.Events[m.Decided.Seq - 1].Actor, m.Decided.Actor));
            seen.UnionWith(moves.Select(m => m.Kind));
        }, iter: 3000, threads: 1);

        MoveKind[] seldom = [MoveKind.Diverted, MoveKind.ChildMerged, MoveKind.Recomputed, MoveKind.NotNeeded];
        Assert.Equal(Enum.GetValues<MoveKind>().Except(seldom), seen.Except(seldom).Order());
    }

    /// <summary>每一步都有人管、有时限: an open ticket has somebody whose step is next and a clock that runs, or one that will go on by itself.</summary>
    [Fact]
    public void OpenTicket_HasAnOwnerAndAClock() => Allowed.Sample(steps => Wander(steps, (_, ticket) =>
    {
        var s = ticket.State;
        if (s.IsOpen)
        {
            Assert.NotNull(TicketWork.Step(s));
            Assert.NotNull(TicketProjection.Row(s).Desk);
            Assert.True(s.SuspendedUntil is not null || s.Deadlines.Any(d => d.IsRunning && d.Clock is not (Clock.Return or Clock.Divert)), $"{s.Status} has no clock");
        }

        Assert.Equal(s.Asked is not null, s.Deadlines.Any(d => d.IsOpen && d.Clock is (Clock.SuspensionDecision or Clock.WithdrawalDecision or Clock.CorrectionDecision
            or Clock.MergeDecision or Clock.DivertDecision)));
        Assert.Equal(s.Extension is not null, s.Open(Clock.ExtensionDecision) is not null);
        Assert.Equal(s.Exclusion is { Approved: null }, s.Open(Clock.ExclusionDecision) is not null);
    }), iter: 1500);

    /// <summary>What a caller is told that it may do is exactly what succeeds, for everybody, whenever.</summary>
    [Fact]
    public void AllowedActions_AreExactlyWhatSucceeds() => Gen.Select(Allowed, Gen.Int[0, People.Length - 1]).Sample((steps, who) => Wander(steps, (_, ticket) =>
    {
        var actor = People[who];
        var allowed = TicketLifecycle.AllowedActions(ticket.State, ticket.Context(actor));
        foreach (var name in TicketLifecycle.Rows.Select(r => r.Name))
        {
            var can = Commands.Select(c => c(ticket)).Where(c => TicketLifecycle.Of(c).Name == name).Any(c => ticket.Try(c, actor).IsDone);
            Assert.True(can == allowed.Contains(name), $"{actor.Id} {name} in {ticket.State.Status}: listed {allowed.Contains(name)}, succeeds {can}");
        }
    }), iter: 200);

    /// <summary>Every command that the walks know is reached, and every status: the walks are not idle.</summary>
    [Fact]
    public void Walks_GetEverywhere()
    {
        var (given, seen) = (new HashSet<string>(), new HashSet<TicketStatus>());
        Allowed.Sample(steps => Wander(steps, (before, ticket) =>
        {
            given.UnionWith(ticket.Events.Skip(before.Seq).Select(e => e.Type));
            seen.Add(ticket.State.Status);
        }), iter: 4000, threads: 1);

        Assert.Equal(Enum.GetValues<TicketStatus>(), seen.Order());
        string[] never = ["registered", "parentJoined", "childMerged", "childLeft", "promiseRecomputed", "closedAsItStands", "reopenedByImport", "mergeRequested", "mergeRefused"];
        Assert.Equal(TicketJson.Types.Keys.Except(never).Order(StringComparer.Ordinal), given.Except(never).Order(StringComparer.Ordinal));
    }

    /// <summary>Any commands by anybody: most are refused, none breaks anything.</summary>
    [Fact]
    public void AnyCommandByAnybody_LeavesTheHistorySound() => Steps.Sample(steps =>
    {
        var ticket = TicketBuilder.Registered();
        foreach (var (command, actor, hours) in steps)
        {
            ticket.After(TimeSpan.FromHours(hours)).Fire();
            if (ticket.Try(Commands[command](ticket), People[actor]).IsDone)
            {
                ticket.Do(Commands[command](ticket), People[actor]);
            }
        }

        Assert.Null(TicketHistory.Of(ticket.State.Id, ticket.Events).Damage);
    }, iter: 800);

    /// <summary>At each step one of all the commands that somebody may give now.</summary>
    internal static TicketBuilder Wander((int Pick, int Hours)[] steps, Action<TicketState, TicketBuilder> after, TicketBuilder? from = null)
    {
        var ticket = from ?? TicketBuilder.Registered();
        foreach (var (pick, hours) in steps)
        {
            ticket.After(TimeSpan.FromHours(hours));
            var before = ticket.State;
            ticket.Fire();
            Check(before);
            before = ticket.State;
            if (Next(ticket, pick) is { } next)
            {
                ticket.Do(next.Command, next.By);
            }

            Check(before);
        }

        return ticket;

        void Check(TicketState before)
        {
            if (ticket.State.Seq != before.Seq)
            {
                after(before, ticket);
            }
        }
    }

    /// <summary>The first command, from a random one on, that somebody may give; what ends the way, or is only a remark, comes seldom.</summary>
    private static (TicketCommand Command, Actor By)? Next(TicketBuilder ticket, int pick)
    {
        for (var turn = 0; turn < Commands.Length; turn++)
        {
            var command = Commands[(pick + (turn * 7)) % Commands.Length](ticket);
            var row = TicketLifecycle.Of(command);
            var isSeldom = command is Annotate or Chase or Instruct or OpenDiscussion or RevealCaller or NoteProgress or MarkDifficult or Withdraw or TransferTo110
                or Decline or Divert or Merge or Recall or RequestExclusion;
            for (var who = 0; who < People.Length && (!isSeldom || pick / 100 % 4 == 0); who++)
            {
                var by = People[(pick + who) % People.Length];
                if (row.From.Contains(ticket.State.Status) && row.IsFor(by) && ticket.Try(command, by).IsDone)
                {
                    return (command, by);
                }
            }
        }

        return null;
    }

    /// <summary>Counted and past its due, and not replied in time.</summary>
    private static bool IsMissed(ObligationRow o, TicketState s, long now)
    {
        var due = s.DueOf(s.Obligations.Single(x => x.Unit == o.Unit && x.Support == o.Support));
        return o.Ending == 0 && o.DueAt < now && (due is null || due.StillAt(DateTimeOffset.FromUnixTimeMilliseconds(now)) > due.DueAt || due.MetAt is not null) && !o.OnTime
            && due is not { HeldAt: not null };
    }

    /// <summary>Counted, past its due, not completed, and nothing that was handed in by then is under review or to be completed.</summary>
    private static bool IsUncompleted(ObligationRow o, TicketState s, long now)
    {
        var due = DateTimeOffset.FromUnixTimeMilliseconds(o.DueAt ?? long.MaxValue / 10_000);
        var isLead = s.LeadUnit == o.Unit && s.Round == 1;
        var canPass = isLead && (s.Submission?.At <= due || s.SentBack?.SubmittedAt <= due);
        return o.Ending == 0 && o.DueAt < now && !o.Completed && !canPass && s.DueOf(s.Obligations.Single(x => x.Unit == o.Unit && !x.Support)) is { HeldAt: null };
    }

    /// <summary>A due moved, something ended without blame, or the whole ticket went out or came back.</summary>
    private static bool IsMoved(TicketState before, TicketState after) => (before.Exclusion?.IsInForce ?? false) != (after.Exclusion?.IsInForce ?? false)
        || before.Obligations.Any(o => after.Obligations.Single(x => x.Unit == o.Unit && x.Support == o.Support) is var now
            && ((now.End != o.End && now.End != ObligationEnd.None) || before.DueOf(o)?.DueAt != after.DueOf(now)?.DueAt));

    private static IEnumerable<(int Month, string Unit)> Counted(TicketState s)
    {
        var scored = TicketProjection.Scored(s);
        return scored.Obligations.Where(o => o.Month is not null).Select(o => (o.Month!.Value, o.Unit)).Concat(scored.Answers.Select(a => (a.Month, a.Unit)));
    }

    private static EventRow Edited(EventRow e, int column) => column switch
    {
        0 => e with { Seq = e.Seq + 1 },
        1 => e with { Type = e.Type + "x" },
        2 => e with { At = e.At + 1 },
        3 => e with { Actor = e.Actor + " " },
        4 => e with { Client = "" },
        5 => e with { Body = e.Body + " " },
        _ => e with { Hash = new string('0', 64) },
    };
}
