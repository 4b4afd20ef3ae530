using Hotline.Shared;
using S = Hotline.Tickets.TicketStatus;

namespace Hotline.Tickets;

/// <summary>Every status × every command against a table written down here a second time, from product.md §2.</summary>
public sealed class LifecycleTests
{
    /// <summary>What a ticket in each status, with nothing pending and no support, allows besides the remarks that are always possible.</summary>
    private static readonly Dictionary<S, string[]> Table = new()
    {
        [S.Triage] = ["transfer-to-110", "merge", "divert", "decline", "dispatch", "withdraw", "chase", "mark-difficult"],
        [S.AwaitingDispatch] = ["dispatch", "withdraw", "chase", "mark-difficult"],
        [S.AwaitingAcceptance] = ["recall", "withdraw", "accept", "request-return", "chase", "mark-difficult", "request-exclusion"],
        [S.ReturnRequested] = ["recall", "withdraw", "uphold-return", "reject-return", "chase", "mark-difficult", "request-exclusion"],
        [S.AwaitingContact] = ["recall", "withdraw", "contact", "chase", "mark-difficult", "request-exclusion"],
        [S.InProgress] = ["recall", "withdraw", "contact", "request-extension", "suspend", "reply", "chase", "mark-difficult", "request-exclusion"],
        [S.Suspended] = ["recall", "withdraw", "resume", "chase", "mark-difficult", "request-exclusion"],
        [S.AwaitingReview] = ["withdraw", "approve-reply", "send-back", "chase", "mark-difficult", "request-exclusion"],
        [S.AwaitingCallback] = ["withdraw", "callback", "chase", "mark-difficult", "request-exclusion"],
        [S.AwaitingRework] = ["withdraw", "rework", "chase", "mark-difficult", "request-exclusion"],
        [S.Supervised] = ["withdraw", "note-progress", "close-order", "chase", "request-exclusion"],
        [S.Closed] = ["archive", "request-exclusion"],
        [S.Archived] = ["request-exclusion"],
        [S.Diverted] = ["track-divert", "return-from-agency", "answer-caller"],
        [S.Merged] = ["answer-caller"],
        [S.Declined] = ["answer-caller"],
        [S.TransferredTo110] = [],
    };

    private static readonly string[] Always = ["annotate", "instruct", "open-discussion", "reveal-caller"];

    private static readonly Dictionary<string, TicketCommand> Samples = new TicketCommand[]
    {
        new TransferTo110("r"), new Merge("T-x", "r"), new Divert("a", "d", "b"), new ConfirmDivert(), new RefuseDivert("r"), new TrackDivert("1", null),
        new Decline(DeclineReason.Litigation, "e"), new ReturnFromAgency("r"), new Dispatch("DG"), new Recall("r"), new Withdraw(WithdrawnBy.Caller, "r"),
        new Accept(), new RequestReturn(ReturnReason.OtherDuty, "b", "ZA"), new UpholdReturn("r"), new RejectReturn("r"), new Contact(Channel.Phone, true),
        new RequestExtension(TicketBuilder.Local(2026, 10, 30, 17, 30), "g"), new ApproveExtension(), new RefuseExtension("r"), new Suspend("p", "1"),
        new Resume("r"), TicketBuilder.Solved, new ApproveReply(), new SendBack("r"), TicketBuilder.Answered(Satisfaction.Satisfied),
        new Rework("另一人", null), new Supervise("r"), new NoteProgress("t"), new CloseOrder(OrderResult.Solved, "t"), new Archive(),
        new SupportReply("ZA", "t"), new AnswerCaller(Channel.Phone, "t"), new Chase("t"), new Annotate("t"), new Instruct("t"), new OpenDiscussion("q"),
        new MarkDifficult("r"), new RequestExclusion("r", "e"), new DecideExclusion(true, "r"), new RevealCaller("p"),
    }.ToDictionary(c => TicketLifecycle.Of(c).Name);

    public static TheoryData<S, string> EveryPair()
    {
        var data = new TheoryData<S, string>();
        foreach (var status in Enum.GetValues<S>())
        {
            foreach (var name in Samples.Keys)
            {
                data.Add(status, name);
            }
        }

        return data;
    }

    [Fact]
    public void EveryCommandOfTheTable_HasASampleHere() =>
        Assert.Equal(TicketLifecycle.Rows.Select(r => r.Name).Order(), Samples.Keys.Order());

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Command_IsAllowed_ExactlyInTheStatusesOfTheTable(S status, string name)
    {
        var ticket = TicketBuilder.In(status);
        Assert.Equal(status, ticket.State.Status);
        var expected = Table[status].Contains(name) || Always.Contains(name);

        var actor = TicketBuilder.Person("某人", Role.Leader);
        var result = ticket.Try(Samples[name], actor);

        Assert.Equal(expected, result.Rejection?.Code != "ticket.wrong-status");
        Assert.Equal(expected, TicketLifecycle.AllowedActions(ticket.State).Contains(name));
        if (!expected)
        {
            Assert.Equal(RejectionKind.State, result.Rejection!.Kind);
            Assert.Equal(TicketLifecycle.AllowedActions(ticket.State), result.Rejection.AllowedActions);
        }
    }

    [Fact]
    public void EveryStatus_HasOnlyActionsThatTheTableKnows()
    {
        foreach (var (status, names) in Table)
        {
            Assert.Equal(names.Concat(Always).Order(), TicketLifecycle.AllowedActions(TicketBuilder.In(status).State).Order());
        }
    }
}
