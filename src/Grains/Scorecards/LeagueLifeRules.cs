using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>What a table's record holds. That it is published is said by the revision's row alone.</summary>
internal sealed record LeagueTableState
{
    /// <summary>Counts the changes.</summary>
    public long Version { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? ClosedBy { get; init; }

    public ProposedTable? Proposal { get; init; }
}

/// <summary>How a table goes from live to published.</summary>
internal static class LeagueLifeRules
{
    public static Rejection Published { get; } = new("league.published", "本表已经公布，只能通过更正产生新版本。", RejectionKind.State);

    public static Rejection NotPublished { get; } = new("league.not-published", "本表尚未公布。", RejectionKind.State);

    /// <summary>The caller decided on a table that has changed since.</summary>
    public static Rejection? Stale(long? expected, long version) => expected is { } e && e != version
        ? new("precondition.failed", "排名表已有变化，请重新读取后再提交。", RejectionKind.Stale)
        : null;

    /// <summary>The month is over when its last instant has passed in Asia/Shanghai.</summary>
    public static bool IsOver(Month month, DateTimeOffset now) => ShanghaiTime.EndOf(month) <= now;

    /// <summary>Closes a past month; a closed one stays as it was.</summary>
    public static Result<LeagueTableState> Close(LeagueTableState table, Month month, Actor actor, DateTimeOffset now)
    {
        if (table.ClosedAt is not null)
        {
            return table;
        }

        return IsOver(month, now)
            ? table with { Version = table.Version + 1, ClosedAt = now, ClosedBy = actor.Id }
            : new Rejection("league.month-running", "该月尚未结束，不能关账。", RejectionKind.Rule);
    }

    public static LeagueTableState Propose(LeagueTableState table, ProposedTable proposal) => table with { Version = table.Version + 1, Proposal = proposal };

    /// <summary>After publication the proposal is nothing any more.</summary>
    public static LeagueTableState DropProposal(LeagueTableState table) => table with { Version = table.Version + 1, Proposal = null };

    public static Rejection? MayPropose(LeagueTableState table) =>
        table.ClosedAt is null ? new("league.not-closed", "请先关账，再提请公布。", RejectionKind.State, AllowedActions: ["close"]) : null;

    public static Rejection? MayApprove(LeagueTableState table, Actor actor)
    {
        if (table.Proposal is not { } proposal)
        {
            return new("league.not-proposed", "没有待批准的公布提请。", RejectionKind.State,
                AllowedActions: [table.ClosedAt is null ? "close" : "propose-publication"]);
        }

        return proposal.ProposedBy == actor.Id
            ? new("duty.same-person", "提请人不能批准自己的提请，须由另一人批准。", RejectionKind.Forbidden)
            : null;
    }
}
