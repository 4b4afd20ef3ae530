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

        var supporting = new List<SupportPromise>();
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

            supporting.Add(new(unit.Code, ctx.Promises(s.Nature, s.Urgency, unit.Tier, null, Clock.Support)[0]));
        }

        var promises = ctx.Promises(s.Nature, s.Urgency, lead.Tier, s.UpstreamDueAt, Clock.Accept, Clock.Contact, Clock.Return, Clock.Reply);
        return new Decision(new Dispatched(lead.Code, supporting, promises, lead.Name) { Text = c.Note });
    }

    /// <summary>退单: once per unit, before the return clock has run out.</summary>
    public static Result<Decision> RequestReturn(TicketState s, RequestReturn c, RuleContext ctx)
    {
        if (s.Open(Clock.Return) is not { } limit || ctx.Now > limit.DueAt)
        {
            return Refuse.Rule("return.too-late", "已超过退单时限，须签收办理。");
        }

        return ctx.Unit(c.SuggestedUnit) is { } suggested
            ? new Decision(new ReturnWasRequested(c.Reason, suggested.Code) { Text = c.Basis })
            : UnknownUnit("/suggestedUnit");
    }

    private static Unit? Active(string name, RuleContext ctx)
    {
        var day = ShanghaiTime.DateOf(ctx.Now);
        return ctx.Unit(name) is { } unit && (ctx.Replay || ((unit.ActiveFrom is not { } from || from <= day) && (unit.ActiveTo is not { } to || to >= day)))
            ? unit
            : null;
    }

    private static Rejection UnknownUnit(string pointer) => Refuse.Rule("unit.unknown", "没有这个单位，或该单位当前未启用。", pointer);
}
