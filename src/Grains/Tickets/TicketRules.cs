using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>Decides commands: state + command + context give events or a refusal. Pure; the context holds the clock's reading.</summary>
internal static class TicketRules
{
    /// <summary>Checks the life-cycle table, the actor and the hour, then asks the command's own rule.</summary>
    public static Result<Decision> Decide(TicketState s, TicketCommand command, RuleContext ctx) =>
        TicketLifecycle.Of(command).Refuses(s, ctx) is { } refused ? refused : Ask(s, command, ctx);

    private static Result<Decision> Ask(TicketState s, TicketCommand command, RuleContext ctx) => command switch
    {
        TransferTo110 c => new Decision(new TransferredTo110(c.RecordNumber) { Text = c.Reason }),
        Merge c => new Decision(new Merged(c.Parent, ctx.Promises(s, Clock.AnswerCaller)) { Text = c.Basis is null ? c.Reason : c.Reason + "\n" + c.Basis }),
        ConfirmMerge c => new Decision(new Merged(((MergeRequested)s.Asked!.What).Parent, ctx.Promises(s, Clock.AnswerCaller)) { Text = c.Note }),
        RefuseMerge c => new Decision(new MergeRefused { Text = c.Reason }),
        Divert c => new Decision(new DiversionProposed(c.Agency, c.DutyItem, c.Basis, ctx.Promises(s, Clock.DivertDecision))),
        ConfirmDivert c => new Decision(new Diverted(ctx.Promises(s, Clock.Outcome, Clock.AnswerCaller)) { Text = c.Note }),
        RefuseDivert c => new Decision(new DiversionRefused { Text = c.Reason }),
        TrackDivert c => new Decision(new DiversionTracked(c.Receipt, c.Outcome is not null) { Text = c.Outcome }),
        Decline c => new Decision(new Declined(c.Reason, ctx.Promises(s, Clock.AnswerCaller)) { Text = c.Explanation }),
        ReturnFromAgency c => new Decision(new ReturnedFromAgency(ctx.Promises(s, Clock.Triage, Clock.Divert)) { Text = c.Reason }),
        Reopen c => new Decision(new Reopened(ctx.Promises(s, Clock.Triage, Clock.Divert)) { Text = c.Reason }),
        Dispatch c => DispatchRules.Dispatch(s, c, ctx),
        Recall c => new Decision(new Recalled(ctx.Promises(s, Clock.Redispatch)) { Text = c.Reason }),
        Correct c => CorrectionRules.Correct(s, c, ctx),
        ConfirmCorrection c => CorrectionRules.Confirm(s, c, ctx),
        RefuseCorrection c => new Decision(new CorrectionRefused { Text = c.Reason }),
        Withdraw c => IntakeRules.Withdraw(s, c, ctx),
        ConfirmWithdrawal c => new Decision(new Withdrawn(((WithdrawalRequested)s.Asked!.What).By, ctx.Promises(s, Clock.Archive)) { Text = c.Note }),
        RefuseWithdrawal c => new Decision(new WithdrawalRefused { Text = c.Reason }),
        Accept c => new Decision(new Accepted(c.Officer)),
        RequestReturn c => DispatchRules.RequestReturn(s, c, ctx),
        UpholdReturn c => DispatchRules.UpholdReturn(s, c, ctx),
        RejectReturn c => new Decision(new ReturnRejected(StandstillRules.GoOn(s, ctx.Now, ctx)) { Text = c.Reason }),
        _ => HandlingRules.Ask(s, command, ctx),
    };
}

/// <summary>Refusals with their stable codes and Chinese details.</summary>
internal static class Refuse
{
    public static Rejection Rule(string code, string detail, string? pointer = null) => new(code, detail, RejectionKind.Rule, pointer);

    public static Rejection State(string code, string detail) => new(code, detail, RejectionKind.State);

    public static Rejection Forbidden(string code, string detail) => new(code, detail, RejectionKind.Forbidden);

    public static Rejection SamePerson(string what) => TwoPersonDecision.SamePerson(what);
}
