using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Notices;

/// <summary>一票否决: recorded by a person with evidence; decided by whoever approves the list, who must be another. Nothing is deleted.</summary>
internal static class VetoRules
{
    /// <summary>The veto and the record with it; the same veto by the same person again changes nothing.</summary>
    public static Result<QuarterVeto> Record(QuarterState state, LeagueUnitName? unit, VetoGround ground, (string Evidence, string? Ticket) proof, Actor actor, DateTimeOffset now)
    {
        if (unit is null)
        {
            return new Rejection("unit.unknown", "没有这个单位。", Pointer: "/unit");
        }

        if (string.IsNullOrWhiteSpace(proof.Evidence))
        {
            return Missing("/evidence");
        }

        var made = new QuarterVeto($"V-{state.Vetoes.Count + 1}", unit, ground, proof.Evidence.Trim(), proof.Ticket, actor.Id, now);
        return state.Vetoes.FirstOrDefault(v => v with { Id = made.Id, RecordedAt = made.RecordedAt, Unit = made.Unit } == made && v.Unit.Code == unit.Code) ?? made;
    }

    public static Result<QuarterVeto> Withdraw(QuarterState state, string id, string reason, Actor actor, DateTimeOffset now)
    {
        if (state.Vetoes.FirstOrDefault(v => v.Id == id) is not { } veto)
        {
            return new Rejection("not-found", "没有这条一票否决。", RejectionKind.NotFound);
        }

        if (veto.WithdrawnAt is not null)
        {
            return new Rejection("veto.withdrawn", "这条一票否决已经撤销。", RejectionKind.State, AllowedActions: []);
        }

        return string.IsNullOrWhiteSpace(reason)
            ? Missing("/reason")
            : veto with { WithdrawnBy = actor.Id, WithdrawnAt = now, WithdrawnReason = reason.Trim() };
    }

    public static QuarterState Put(QuarterState state, QuarterVeto veto) => state.Vetoes.Any(v => v.Id == veto.Id)
        ? state with { Vetoes = [.. state.Vetoes.Select(v => v.Id == veto.Id ? veto : v)] }
        : state with { Vetoes = [.. state.Vetoes, veto] };

    public static IReadOnlyList<QuarterVeto> Acting(QuarterState state) => [.. state.Vetoes.Where(v => v.WithdrawnAt is null)];

    private static Rejection Missing(string pointer) => new("veto.evidence-missing", "请写明证据或原因。", Pointer: pointer);
}
