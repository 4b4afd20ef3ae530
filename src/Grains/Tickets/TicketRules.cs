using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>Decides commands: state + command + context give events or a refusal. Pure; the context holds the clock's reading.</summary>
internal static class TicketRules
{
    /// <summary>Checks the life-cycle table and the actor's relation to the ticket, then asks the command's own rule.</summary>
    public static Result<Decision> Decide(TicketState s, TicketCommand command, RuleContext ctx)
    {
        var row = TicketLifecycle.Of(command);
        if (!row.Allows(s))
        {
            return WrongStatus(s, row);
        }

        return ActsForOtherUnit(s, command, ctx)
            ? Refuse.Forbidden("ticket.not-your-unit", "这件工单不由您所在的单位办理。")
            : Ask(s, command, ctx);
    }

    private static Result<Decision> Ask(TicketState s, TicketCommand command, RuleContext ctx) => command switch
    {
        TransferTo110 c => new Decision(new TransferredTo110 { Text = c.Reason }),
        Merge c => new Decision(new Merged(c.Parent) { Text = c.Reason }),
        Divert c => new Decision(new DiversionProposed(c.Agency, c.DutyItem, c.Basis)),
        ConfirmDivert c => IntakeRules.ConfirmDivert(s, c, ctx),
        RefuseDivert c => new Decision(new DiversionRefused { Text = c.Reason }),
        TrackDivert c => new Decision(new DiversionTracked(c.Receipt, c.Outcome is not null) { Text = c.Outcome }),
        Decline c => new Decision(new Declined(c.Reason) { Text = c.Explanation }),
        ReturnFromAgency c => new Decision(new ReturnedFromAgency(ctx.Promises(s, Clock.Triage, Clock.Divert)) { Text = c.Reason }),
        Dispatch c => DispatchRules.Dispatch(s, c, ctx),
        Recall c => new Decision(new Recalled(ctx.Promises(s, Clock.Triage)) { Text = c.Reason }),
        Withdraw c => new Decision(new Withdrawn(c.By) { Text = c.Reason }),
        Accept c => new Decision(new Accepted(c.Officer)),
        RequestReturn c => DispatchRules.RequestReturn(s, c, ctx),
        UpholdReturn c => new Decision(new ReturnUpheld(ctx.Promises(s, Clock.Triage)) { Text = c.Reason }),
        RejectReturn c => new Decision(new ReturnRejected(ctx.Promises(s, Clock.Accept)) { Text = c.Reason }),
        _ => HandlingRules.Ask(s, command, ctx),
    };

    private static Rejection WrongStatus(TicketState s, LifecycleRow row)
    {
        var detail = row.From.Contains(s.Status)
            ? $"当前不满足“{row.Chinese}”的条件。"
            : $"工单处于“{TicketNames.Of(s.Status)}”，不能{row.Chinese}。";
        return new("ticket.wrong-status", detail, RejectionKind.State, AllowedActions: TicketLifecycle.AllowedActions(s));
    }

    /// <summary>An actor who belongs to a unit acts only on tickets that the unit leads or supports; people of the centre belong to none.</summary>
    private static bool ActsForOtherUnit(TicketState s, TicketCommand command, RuleContext ctx)
    {
        if (ctx.Actor.Unit is not { } own || ctx.Unit(own) is null or { Tier: UnitTier.Centre })
        {
            return false;
        }

        return command is SupportReply ? !s.Supporting.Any(u => u.Unit == own) : s.LeadUnit != own;
    }
}

/// <summary>Refusals with their stable codes and Chinese details.</summary>
internal static class Refuse
{
    public static Rejection Rule(string code, string detail, string? pointer = null) => new(code, detail, RejectionKind.Rule, pointer);

    public static Rejection Forbidden(string code, string detail) => new(code, detail, RejectionKind.Forbidden);

    public static Rejection SamePerson(string what) => TwoPersonDecision.SamePerson(what);
}
