using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>办理记录: what the deadline policy asks a unit of this tier to bring with its reply.</summary>
internal static class RecordRules
{
    /// <summary>The refusal that names every missing record, or null. History comes without records and is not asked for them.</summary>
    public static Rejection? Missing(TicketState s, Reply c, RuleContext ctx)
    {
        var clock = s.Round == 1 ? Clock.Reply : Clock.Rework;
        var tier = s.LeadUnit is { } unit ? ctx.Unit(unit)?.Tier : null;
        if (ctx.Replay || ctx.Policy.RowFor(clock, s.Nature, tier)?.Records is not { Count: > 0 } needed)
        {
            return null;
        }

        var missing = needed.Where(kind => !IsThere(kind, s, c)).ToList();
        return missing.Count == 0 ? null : new Rejection("reply.records-missing",
            $"按时限规则，答复须提供{string.Join("、", missing.Select(DeadlineDiffRules.Of))}。",
            Faults: [.. missing.Select(kind => new RejectedField($"/records/{Codes.Of(kind)}", $"须提供{DeadlineDiffRules.Of(kind)}。"))]);
    }

    /// <summary>The reply's free texts as they are kept: the answer, the measures, and where the records are.</summary>
    public static string TextOf(Reply c) =>
        string.Join('\n', [c.Text, c.Measures, .. (c.Records ?? []).Select(r => $"{DeadlineDiffRules.Of(r.Kind)}：{r.Reference}")]);

    private static bool IsThere(RecordKind kind, TicketState s, Reply c) =>
        (kind == RecordKind.Contact && (s.ContactedAt is not null || s.ContactTries > 0)) || (c.Records ?? []).Any(r => r.Kind == kind && !string.IsNullOrWhiteSpace(r.Reference));
}
