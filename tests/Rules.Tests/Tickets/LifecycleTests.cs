using Hotline.Shared;
using S = Hotline.Tickets.TicketStatus;

namespace Hotline.Tickets;

/// <summary>Every status × every command against a table written down here a second time, from product.md §2.</summary>
public sealed class LifecycleTests
{
    /// <summary>What a ticket in each status, with nothing pending and no support, allows somebody with every role, besides the remarks that are always
    /// possible.</summary>
    private static readonly Dictionary<S, string[]> Table = new()
    {
        [S.Triage] = ["transfer-to-110", "merge", "divert", "decline", "dispatch", "correct", "withdraw", "chase", "mark-difficult"],
        [S.AwaitingDispatch] = ["transfer-to-110", "dispatch", "correct", "withdraw", "chase", "mark-difficult", "request-exclusion"],
        [S.AwaitingAcceptance] =
            ["transfer-to-110", "recall", "correct", "withdraw", "accept", "request-return", "chase", "mark-difficult", "request-exclusion"],
        [S.ReturnRequested] =
            ["transfer-to-110", "recall", "correct", "withdraw", "uphold-return", "reject-return", "chase", "mark-difficult", "request-exclusion"],
        [S.AwaitingContact] = ["transfer-to-110", "recall", "correct", "withdraw", "contact", "chase", "mark-difficult", "request-exclusion"],
        [S.InProgress] =
            ["transfer-to-110", "recall", "correct", "withdraw", "contact", "request-extension", "request-suspension", "reply", "chase", "mark-difficult",
             "request-exclusion"],
        [S.Suspended] = ["transfer-to-110", "recall", "correct", "withdraw", "resume", "chase", "mark-difficult", "request-exclusion"],
        [S.AwaitingReview] = ["transfer-to-110", "withdraw", "approve-reply", "send-back", "chase", "mark-difficult", "request-exclusion"],
        [S.AwaitingCallback] = ["transfer-to-110", "withdraw", "callback", "chase", "mark-difficult", "request-exclusion"],
        [S.AwaitingRework] = ["transfer-to-110", "withdraw", "rework", "chase", "mark-difficult", "request-exclusion"],
        [S.Supervised] = ["transfer-to-110", "withdraw", "reply", "note-progress", "chase", "request-exclusion"],
        [S.Closed] = ["archive", "request-exclusion"],
        [S.Archived] = ["request-exclusion"],
        [S.Diverted] = ["track-divert", "return-from-agency", "answer-caller", "reopen"],
        [S.Merged] = ["answer-caller", "reopen"],
        [S.Declined] = ["answer-caller", "reopen"],
        [S.TransferredTo110] = ["reopen"],
    };

    /// <summary>Which roles give which commands, written down once more from product.md; the command system gives all.</summary>
    private static readonly Dictionary<string, Role[]> RolesOf = new()
    {
        ["transfer-to-110 merge confirm-merge refuse-merge divert confirm-divert refuse-divert track-divert decline return-from-agency dispatch recall correct "
            + "confirm-correction refuse-correction withdraw confirm-withdrawal refuse-withdrawal uphold-return reject-return answer-caller"] =
            [Role.Dispatcher, Role.OfficeDirector],
        ["reopen supervise"] = [Role.OfficeDirector],
        ["accept request-return contact request-extension request-suspension reply support-reply"] = [Role.UnitHandler, Role.UnitHead],
        ["approve-extension refuse-extension suspend refuse-suspension close-order"] = [Role.OfficeDirector, Role.DeputyChief],
        ["resume"] = [Role.OfficeDirector, Role.DeputyChief, Role.UnitHandler, Role.UnitHead],
        ["approve-reply send-back"] = [Role.Reviewer, Role.OfficeDirector],
        ["callback"] = [Role.CallbackOfficer],
        ["rework"] = [Role.UnitHandler, Role.UnitHead, Role.Dispatcher, Role.OfficeDirector],
        ["note-progress"] = [Role.UnitHandler, Role.UnitHead, Role.OfficeDirector],
        ["archive"] = [Role.Dispatcher, Role.CallbackOfficer, Role.OfficeDirector],
        ["chase"] = [Role.Dispatcher, Role.CallbackOfficer, Role.OfficeDirector, Role.DeputyChief, Role.Leader],
        ["annotate open-discussion mark-difficult reveal-caller"] =
            [Role.Dispatcher, Role.UnitHandler, Role.UnitHead, Role.Reviewer, Role.CallbackOfficer, Role.OfficeDirector, Role.DeputyChief, Role.Leader],
        ["instruct"] = [Role.OfficeDirector, Role.DeputyChief, Role.Leader],
        ["request-exclusion"] = [Role.UnitHandler, Role.UnitHead, Role.Dispatcher, Role.OfficeDirector],
        ["decide-exclusion revoke-exclusion"] = [Role.OfficeDirector, Role.DeputyChief, Role.Leader],
    };

    private static readonly Actor Everybody = new("某人", "k", Enum.GetValues<Role>(), null, true);

    private static readonly string[] Always = ["annotate", "instruct", "open-discussion", "reveal-caller"];

    private static readonly Dictionary<string, TicketCommand> Samples = new TicketCommand[]
    {
        new TransferTo110("r", "110-1"), new Merge("T-x", "r"), new ConfirmMerge(), new RefuseMerge("r"), new Reopen("r"),
        new Correct("r", Topic: "养犬"), new ConfirmCorrection(), new RefuseCorrection("r"), new ConfirmWithdrawal(), new RefuseWithdrawal("r"),
        TicketBuilder.Suspension(new(2026, 11, 2)), new RefuseSuspension("r"), new RevokeExclusion("r"), new Divert("a", "d", "b"), new ConfirmDivert(), new RefuseDivert("r"), new TrackDivert("1", null),
        new Decline(DeclineReason.Litigation, "e"), new ReturnFromAgency("r"), new Dispatch("DG"), new Recall("r"), new Withdraw(WithdrawnBy.Caller, "r"),
        new Accept(), new RequestReturn(ReturnReason.OtherDuty, "b", "ZA"), new UpholdReturn("r"), new RejectReturn("r"), new Contact(Channel.Phone, true),
        new RequestExtension(TicketBuilder.Local(2026, 10, 30, 17, 30), "g"), new ApproveExtension(), new RefuseExtension("r"), new Suspend(),
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
        var ctx = ticket.Context(Everybody);

        var refused = TicketLifecycle.Of(Samples[name]).Refuses(ticket.State, ctx);

        Assert.Equal(expected, refused is null);
        Assert.Equal(expected, TicketLifecycle.AllowedActions(ticket.State, ctx).Contains(name));
        if (refused is { Kind: RejectionKind.State })
        {
            Assert.Equal(TicketLifecycle.AllowedActions(ticket.State, ctx), refused.AllowedActions);
        }
    }

    [Fact]
    public void EveryStatus_HasOnlyActionsThatTheTableKnows()
    {
        foreach (var (status, names) in Table)
        {
            var ticket = TicketBuilder.In(status);
            Assert.Equal(names.Concat(Always).Order(), TicketLifecycle.AllowedActions(ticket.State, ticket.Context(Everybody)).Order());
        }
    }

    /// <summary>Every status × command × role: whoever has not the role is refused, and finds the command in no list.</summary>
    [Fact]
    public void Command_IsGiven_ByItsRolesOnly()
    {
        var rolesOf = RolesOf.SelectMany(r => r.Key.Split(' ').Select(name => (name, r.Value))).ToDictionary(r => r.name, r => r.Value);
        Assert.Equal(Samples.Keys.Order(), rolesOf.Keys.Order());
        foreach (var status in Enum.GetValues<S>())
        {
            var ticket = TicketBuilder.In(status);
            foreach (var role in Enum.GetValues<Role>())
            {
                var ctx = ticket.Context(TicketBuilder.Person("某人", role, role is Role.UnitHandler or Role.UnitHead ? "DG" : null));
                var allowed = TicketLifecycle.AllowedActions(ticket.State, ctx);
                foreach (var (name, command) in Samples)
                {
                    var isOf = role == Role.CommandSystem || rolesOf[name].Contains(role);
                    Assert.True(isOf || !allowed.Contains(name), $"{status} {role} {name}");
                    Assert.True(isOf || TicketRules.Decide(ticket.State, command, ctx).Rejection is not null, $"{status} {role} {name}");
                }
            }
        }
    }
}
