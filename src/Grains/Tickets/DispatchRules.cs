using Hotline.Policies;
using Hotline.Shared;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>Dispatch and return: who handles the matter. The unit's clocks start at dispatch, not at acceptance.</summary>
internal static class DispatchRules
{
    public static Result<Decision> Dispatch(TicketState s, Dispatch c, RuleContext ctx)
    {
        if (Active(c.LeadUnit, ctx) is not { } lead)
        {
            return UnknownUnit("/leadUnit");
        }

        var supporting = new List<UnitPromise>();
        foreach (var name in c.SupportingUnits ?? [])
        {
            if (Active(name, ctx) is not { } unit)
            {
                return UnknownUnit("/supportingUnits");
            }

            if (unit.Code == lead.Code || supporting.Any(u => u.Unit == unit.Code))
            {
                return Refuse.Rule("dispatch.unit-twice", "主办单位和协办单位不能重复。", "/supportingUnits");
            }

            var first = ctx.Promises(s.Nature, s.Urgency, unit.Tier, null, Clock.Support);
            supporting.AddRange((StandstillRules.Again(s, Clock.Support, unit.Code, ctx) is { } left ? [left] : first).Select(p => new UnitPromise(unit.Code, p)));
        }

        var promises = ctx.Promises(s.Nature, s.Urgency, lead.Tier, s.UpstreamDueAt, Clock.Accept, Clock.Contact, Clock.Return, Clock.Reply)
            .Select(p => StandstillRules.Again(s, p.Clock, lead.Code, ctx) ?? p);
        return new Decision(new Dispatched(lead.Code, supporting, [.. promises], lead.Name) { Text = c.Note });
    }

    /// <summary>退单: once per unit, before the return clock has run out. Whose it is instead must be said when it is somebody's; never the unit itself.</summary>
    public static Result<Decision> RequestReturn(TicketState s, RequestReturn c, RuleContext ctx)
    {
        if (c.SuggestedUnit is null)
        {
            return c.Reason is ReturnReason.OtherTerritory or ReturnReason.OtherDuty
                ? Refuse.Rule("return.unit-required", "属地或职责不符的，须写明建议的承办单位。", "/suggestedUnit")
                : Requested(null);
        }

        return ctx.Unit(c.SuggestedUnit) is not { } suggested ? UnknownUnit("/suggestedUnit")
            : suggested.Code == s.LeadUnit ? Refuse.Rule("return.own-unit", "建议的承办单位不能是本单位。", "/suggestedUnit")
            : Requested(suggested.Code);

        Result<Decision> Requested(string? unit) =>
            new Decision(new ReturnWasRequested(c.Reason, unit, ctx.Promises(s, Clock.ReturnDecision)) { Text = c.Basis });
    }

    /// <summary>同意退单: what is not police matter, not acceptable or a duplicate is triaged again; the rest is dispatched again.</summary>
    public static Result<Decision> UpholdReturn(TicketState s, UpholdReturn c, RuleContext ctx) =>
        s.ReturnReason is ReturnReason.NotPolice or ReturnReason.NotAcceptable or ReturnReason.Duplicate
            ? new Decision(new ReturnUpheld(ctx.Promises(s, Clock.Triage, Clock.Divert), ToTriage: true) { Text = c.Reason })
            : new Decision(new ReturnUpheld(ctx.Promises(s, Clock.Redispatch)) { Text = c.Reason });

    private static Unit? Active(string name, RuleContext ctx)
    {
        var day = ShanghaiTime.DateOf(ctx.Now);
        return ctx.Unit(name) is { } unit && (ctx.Replay || ((unit.ActiveFrom is not { } from || from <= day) && (unit.ActiveTo is not { } to || to >= day)))
            ? unit
            : null;
    }

    private static Rejection UnknownUnit(string pointer) => Refuse.Rule("unit.unknown", "没有这个单位，或该单位当前未启用。", pointer);
}
