using System.Globalization;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Tickets;
using static Hotline.Tickets.TicketBuilder;

namespace Hotline.Scorecards;

/// <summary>Each kind of decision: who, why asked, which due moved, and the row as it is against the row had it been the other way. A
/// complaint dispatched to DG on Friday 2026-10-16 at 10:00 is due on the 23rd at 17:30.</summary>
public sealed class MoveRulesTests
{
    [Fact]
    public void ApprovedExtension_IsTheDueThatMoved_AndOtherwiseTheReplyIsLate()
    {
        var ticket = Handled(At(10, 28), Extension(At(10, 30, 17, 30)).Do(new ApproveExtension("同意"), Director));
        Is(ticket, MoveKind.ExtensionApproved, "办公室主任", "民警", "10-23 17:30", "10-30 17:30", "10 on time, completed", "10 late");
    }

    [Fact]
    public void RefusedExtension_WouldHaveGrantedTheDueAskedFor()
    {
        var ticket = Handled(At(10, 28), Extension(At(10, 30, 17, 30)).Do(new RefuseExtension("不同意"), Director));
        Is(ticket, MoveKind.ExtensionRefused, "办公室主任", "民警", "10-23 17:30", "10-30 17:30", "10 late", "10 on time, completed");
    }

    [Fact]
    public void ExtensionOfAReworkRound_IsNone() => Assert.Empty(MoveTrails.Of(AwaitingRework().Do(new Rework("另一人", null), Handler)
        .Do(new RequestExtension(At(10, 28), "鉴定未出"), Handler).Do(new ApproveExtension(), Director)));

    [Fact]
    public void Suspension_IsOneLineWithItsEnd_AndLeavesTheMonth()
    {
        var ticket = InProgress().At(At(10, 19)).Do(Suspension(new(2026, 10, 30)), Handler).Do(new Suspend(), Director).At(At(11, 1));
        ticket.Fire();
        Is(Handled(At(11, 3), ticket), MoveKind.Suspended, "办公室主任", "民警", "10-23 17:30", "11-06 17:30", "11 on time, completed", "10 late");
    }

    [Fact]
    public void StandingSuspension_HasNoDueYet_AndOtherwiseTheClockRuns()
    {
        var ticket = InProgress().At(At(10, 19)).Do(Suspension(new(2026, 10, 30)), Handler).Do(new Suspend(), Director);
        Is(ticket, MoveKind.Suspended, "办公室主任", "民警", "10-23 17:30", null, "10 Suspended", "10 late");
    }

    [Fact]
    public void WithdrawalDuringASuspension_WouldHaveComeTooLate_WithoutTheSuspension()
    {
        var ticket = InProgress().At(At(10, 19)).Do(Suspension(new(2026, 10, 30)), Handler).Do(new Suspend(), Director)
            .At(At(10, 26)).Do(new Withdraw(WithdrawnBy.Caller, "撤回"), Dispatcher).Do(new ConfirmWithdrawal(), Second);
        var moves = MoveTrails.Of(ticket);
        Assert.Equal([(MoveKind.Suspended, "10 Withdrawn", "10 late"), (MoveKind.Withdrawn, "10 Withdrawn", "10 late")],
            moves.Select(m => (m.Kind, Says(m.Now), Says(m.Otherwise))));
    }

    [Fact]
    public void RejectedReturn_MovedTheDueByTheTimeItStood()
    {
        var ticket = Dispatched().Do(new RequestReturn(ReturnReason.OtherDuty, "依据", "ZA"), Handler).At(At(10, 20))
            .Do(new RejectReturn("驳回"), Director);
        ticket.Do(new Accept(), Handler).Do(new Contact(Channel.Phone, true), Handler);
        Is(Handled(At(10, 26), ticket), MoveKind.ReturnRejected, "办公室主任", "民警", "10-23 17:30", "10-27 17:30", "10 on time, completed",
            "10 late");
    }

    [Fact]
    public void UpheldReturn_IsTakenBack() =>
        Is(Dispatched().Do(new RequestReturn(ReturnReason.OtherDuty, "依据", "ZA"), Handler).Do(new UpholdReturn("同意"), Director),
        MoveKind.ReturnUpheld, "办公室主任", "民警", null, null, "10 HandedBack", "10 late");

    [Fact]
    public void Recall_IsTakenBack_ButNotOfWhatWasMissedBefore()
    {
        Is(Dispatched().Do(new Recall("派错"), Dispatcher), MoveKind.Recalled, "派单员", null, null, null, "10 Recalled", "10 late");
        Assert.Empty(MoveTrails.Of(Dispatched().At(At(10, 26)).Do(new Recall("派错"), Dispatcher)));
    }

    [Fact]
    public void DispatchAgainToTheSameUnit_MovedTheDue_AndTheRecallHasNoEffectAnyMore()
    {
        var ticket = Dispatched().Do(new Recall("派错"), Dispatcher).At(At(10, 20)).Do(new Dispatch("DG"), Dispatcher);
        ticket.Do(new Accept(), Handler).Do(new Contact(Channel.Phone, true), Handler);
        var moves = MoveTrails.Of(Handled(At(10, 26), ticket));
        Assert.Equal([MoveKind.Recalled, MoveKind.DispatchedAgain], moves.Select(m => m.Kind));
        Assert.Equal(moves[0].Now, moves[0].Otherwise);
        Assert.Equal(("派单员", "10-23 17:30", "10-27 17:30", "10 on time, completed", "10 late"),
            (moves[1].Decided.Actor, Text(moves[1].DueFrom), Text(moves[1].DueTo), Says(moves[1].Now), Says(moves[1].Otherwise)));
    }

    [Fact]
    public void Withdrawal_IsTakenBack_AndHasTwoPeople() =>
        Is(InProgress().Do(new Withdraw(WithdrawnBy.Caller, "撤回"), Dispatcher).Do(new ConfirmWithdrawal(), Second),
        MoveKind.Withdrawn, "复核员", "派单员", null, null, "10 Withdrawn", "10 late");

    [Fact]
    public void RefusedWithdrawal_WouldHaveClosedTheTicket_SoNothingIsOwedNorAnswered()
    {
        var ticket = Handled(At(10, 28), InProgress().Do(new Withdraw(WithdrawnBy.Caller, "撤回"), Dispatcher)
            .Do(new RefuseWithdrawal("未联系"), Second))
            .Do(Answered(Satisfaction.Dissatisfied), Centre);
        Is(ticket, MoveKind.WithdrawalRefused, "复核员", "派单员", null, null, "10 late, answer 3", "10 Withdrawn");
    }

    [Fact]
    public void RefusedWithdrawal_OfWhatWasMissedAndNotAnsweredYet_IsNone() => Assert.Empty(MoveTrails.Of(InProgress().At(At(10, 26))
        .Do(new Withdraw(WithdrawnBy.Caller, "撤回"), Dispatcher).Do(new RefuseWithdrawal("未联系"), Second)));

    [Fact]
    public void TransferTo110_IsTakenBack() =>
        Is(InProgress().Do(new TransferTo110("打架", "110-1"), Dispatcher), MoveKind.TransferredTo110, "派单员", null, null, null,
            "10 Transferred", "10 late");

    [Fact]
    public void Diversion_IsTakenBack() =>
        Is(Dispatched().Happens(new DiversionProposed("城管局", "占道", "清单", []), Dispatcher).Happens(new Diverted([]), Second),
        MoveKind.Diverted, "复核员", "派单员", null, null, "10 Diverted", "10 late");

    [Fact]
    public void Correction_MovedTheDue_AndRefusedItWouldHave()
    {
        Is(Handled(At(10, 21), Complaint(Nature.Consultation).Do(new Correct("有误", Nature.Complaint), Dispatcher)
            .Do(new ConfirmCorrection(), Second)),
            MoveKind.Corrected, "复核员", "派单员", "10-19 17:30", "10-23 17:30", "10 on time, completed", "10 late");
        Is(Handled(At(10, 21), Complaint(Nature.Consultation).Do(new Correct("有误", Nature.Complaint), Dispatcher)
            .Do(new RefuseCorrection("无误"), Second)),
            MoveKind.CorrectionRefused, "复核员", "派单员", "10-19 17:30", "10-23 17:30", "10 late", "10 on time, completed");
    }

    [Fact]
    public void JoinedTicket_BroughtTheDueForward_AndCompressedIt()
    {
        var ticket = InProgress();
        var promise = ticket.State.Open(Clock.Reply)!.AsPromise() with { DueAt = At(10, 19), Compressed = true };
        Is(Handled(At(10, 21), ticket.Happens(new ChildMerged("T-x", At(10, 19), promise), Dispatcher)),
            MoveKind.ChildMerged, "派单员", null, "10-23 17:30", "10-19 10:00", "10 Compressed", "10 on time, completed");
    }

    [Fact]
    public void CalendarsCorrection_MovedTheDue()
    {
        var ticket = InProgress();
        var promise = ticket.State.Open(Clock.Reply)!.AsPromise() with { DueAt = At(10, 26, 17, 30) };
        Is(Handled(At(10, 26), ticket.Happens(new PromiseRecomputed(ticket.State.Open(Clock.Reply)!.DueAt, promise, "DG"), Director)),
            MoveKind.Recomputed, "办公室主任", null, "10-23 17:30", "10-26 17:30", "10 on time, completed", "10 late");
    }

    [Fact]
    public void VoidReply_CountsAtItsInstant() => Is(InProgress().Do(Solved, Handler).Do(new SendBack("空洞", SendBackKind.Void), Director),
        MoveKind.ReplyVoid, "办公室主任", null, null, null, "10 late", "10 on time");

    [Fact]
    public void IncompleteReply_IsNoDecisionOnAFigure() =>
        Assert.Empty(MoveTrails.Of(InProgress().Do(Solved, Handler).Do(new SendBack("补正"), Reviewer)));

    [Fact]
    public void SupportingUnitsDuty_EndedByTheLeadsReply_IsTakenBack()
    {
        var move = Assert.Single(
            MoveTrails.Of(Handled(At(10, 19), Dispatched("ZA").Do(new Accept(), Handler).Do(new Contact(Channel.Phone, true), Handler))));
        Assert.Equal((MoveKind.NotNeeded, "ZA", true, "审核员"), (move.Kind, move.Unit, move.Support, move.Decided.Actor));
        Assert.Equal(("10 NotNeeded", "10 late"), (Says(move.Now), Says(move.Otherwise)));
    }

    [Fact]
    public void ApprovedExclusion_IsLifted_ForEveryUnitThatHadTheTicket()
    {
        var moves = MoveTrails.Of(Excluded(Dispatched("ZA"), true));
        Assert.Equal([(MoveKind.ExclusionApproved, "DG", "10 late, excluded", "10 late"),
            (MoveKind.ExclusionApproved, "ZA", "10 late, excluded", "10 late")],
            moves.Select(m => (m.Kind, m.Unit, Says(m.Now), Says(m.Otherwise))));
        Assert.All(moves, m => Assert.Equal(("办公室主任", "民警"), (m.Decided.Actor, m.Asked?.Actor)));
    }

    [Fact]
    public void RefusedExclusion_IsGranted_WithTheAnswer() =>
        Is(Excluded(AwaitingCallback().Do(Answered(Satisfaction.Dissatisfied), Centre), false), MoveKind.ExclusionRefused, "办公室主任", "民警",
            null, null,
            "10 on time, completed, answer 3", "10 on time, completed, answer 3, excluded");

    [Fact]
    public void RevokedExclusion_IsInForceAgain_AndItsApprovalHasNoEffectAnyMore()
    {
        var moves = MoveTrails.Of(Excluded(Dispatched(), true).Do(new RevokeExclusion("不实"), Deputy));
        Assert.Equal([MoveKind.ExclusionApproved, MoveKind.ExclusionRevoked], moves.Select(m => m.Kind));
        Assert.Equal(("10 late", "10 late"), (Says(moves[0].Now), Says(moves[0].Otherwise)));
        Assert.Equal(("副局长", null, "10 late", "10 late, excluded"),
            (moves[1].Decided.Actor, moves[1].Asked?.Actor, Says(moves[1].Now), Says(moves[1].Otherwise)));
    }

    [Fact]
    public void ExclusionGrantedTheSecondTime_IsThatDecisionsAlone()
    {
        var again = Excluded(Dispatched(), false).Do(new RequestExclusion("超出职责", "新证据"), Handler)
            .Do(new DecideExclusion(true, "属实"), Deputy);
        Assert.Equal([(MoveKind.ExclusionRefused, true), (MoveKind.ExclusionApproved, false)],
            MoveTrails.Of(again).Select(m => (m.Kind, m.Now.SequenceEqual(m.Otherwise))));
    }

    [Fact]
    public void ExclusionGrantedAgainAfterItWasRevoked_IsTheSecondDecisionsAlone()
    {
        var again = Excluded(Dispatched(), true).Do(new RevokeExclusion("不实"), Deputy).After(TimeSpan.FromHours(1))
            .Do(new RequestExclusion("超出职责", "新证据"), Handler).Do(new DecideExclusion(true, "属实"), Deputy);
        Assert.Equal([(MoveKind.ExclusionApproved, true), (MoveKind.ExclusionRevoked, true), (MoveKind.ExclusionApproved, false)],
            MoveTrails.Of(again).Select(m => (m.Kind, m.Now.SequenceEqual(m.Otherwise))));
    }

    [Fact]
    public void BlamelessOrder_ChangesNothing_AndIsListed()
    {
        var ticket = InProgress().Do(new MarkDifficult("疑难"), Director).Do(new Supervise("限期"), Director).At(At(10, 26));
        Is(ticket.Do(new CloseOrder(OrderResult.Blameless, "已办", "证据"), Deputy), MoveKind.Blameless, "副局长", null, null, null, "10 late",
            "10 late");
    }

    [Fact]
    public void TicketOnWhichNothingWasDecided_HasNoLine() =>
        Assert.Empty(MoveTrails.Of(AwaitingCallback().Do(Answered(Satisfaction.Satisfied), Centre).Do(new Archive(), Dispatcher)));

    [Fact]
    public void EveryKind_HasAName_AndEveryDecidingEventItsCode()
    {
        Assert.All(Enum.GetValues<MoveKind>(), kind => Assert.Matches("\\p{IsCJKUnifiedIdeographs}", MoveEffectRules.NameOf(kind)));
        Assert.Equal(Enum.GetValues<MoveKind>().Length, Enum.GetValues<MoveKind>().Select(MoveEffectRules.NameOf).Distinct().Count());
        Assert.All(MoveRules.Deciding, type => Assert.Contains(type, TicketJson.Types.Values));
    }

    /// <summary>The only decision on the ticket, as facts.</summary>
    private static void Is(TicketBuilder ticket, MoveKind kind, string by, string? asked, string? from, string? to, string now,
        string otherwise)
    {
        var move = Assert.Single(MoveTrails.Of(ticket));
        Assert.Equal((kind, "DG", false, by, asked), (move.Kind, move.Unit, move.Support, move.Decided.Actor, move.Asked?.Actor));
        Assert.Equal((from, to), (Text(move.DueFrom), Text(move.DueTo)));
        Assert.Equal((now, otherwise), (Says(move.Now), Says(move.Otherwise)));
    }

    private static string Says(IReadOnlyList<ScoredTicket> parts) =>
        string.Join("; ", parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Owed.Month % 100} ")
        + (p.End != ObligationEnd.None ? $"{p.End}" : !p.Owed.OnTime ? "late" : p.Owed.Completed ? "on time, completed" : "on time")
        + (p.Answer > 0 ? $", answer {p.Answer}" : "") + (p.Excluded ? ", excluded" : "")));

    private static string? Text(DateTimeOffset? at) => at?.ToOffset(TimeSpan.FromHours(8))
        .ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(int month, int day, int hour = 10, int minute = 0) => Local(2026, month, day, hour, minute);

    private static TicketBuilder Extension(DateTimeOffset to) => InProgress().Do(new RequestExtension(to, "鉴定未出"), Handler);

    /// <summary>The unit replies then, and the reply passes.</summary>
    private static TicketBuilder Handled(DateTimeOffset at, TicketBuilder ticket) => ticket.At(at).Do(Solved, Handler)
        .Do(new ApproveReply(), Reviewer);

    private static TicketBuilder Complaint(Nature nature) =>
        Registered(nature).Do(new Dispatch("DG"), Dispatcher).Do(new Accept(), Handler).Do(new Contact(Channel.Phone, true), Handler);

    private static TicketBuilder Excluded(TicketBuilder ticket, bool approve) =>
        ticket.Do(new RequestExclusion("超出职责", "证据"), Handler).Do(new DecideExclusion(approve, approve ? "属实" : "不足"), Director);
}
