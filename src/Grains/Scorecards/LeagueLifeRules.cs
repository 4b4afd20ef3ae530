using System.Text;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>What a table's record holds. That it is published is said by the revision's row.</summary>
internal sealed record LeagueTableState
{
    /// <summary>Counts the changes.</summary>
    public long Version { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? ClosedBy { get; init; }

    public ProposedTable? Proposal { get; init; }

    /// <summary>Proposals that were taken back or turned down, the latest last.</summary>
    public IReadOnlyList<EndedProposal> Ended { get; init; } = [];
}

/// <summary>How a table goes from live to published.</summary>
internal static class LeagueLifeRules
{
    private const int MostEnded = 20;

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

    /// <summary>A closed table, after its objection window.</summary>
    /// <param name="windowEnd">Null when the month has no window.</param>
    public static Rejection? MayPropose(LeagueTableState table, DateTimeOffset? windowEnd, DateTimeOffset now)
    {
        if (table.ClosedAt is null)
        {
            return new("league.not-closed", "请先关账，再提请公布。", RejectionKind.State, AllowedActions: ["close"]);
        }

        return windowEnd > now
            ? new("league.window", $"异议期至{Shown(windowEnd.Value)}，期满后方可提请公布。", RejectionKind.State, AllowedActions: [])
            : null;
    }

    /// <summary>What is stored of some tickets is not what their histories make it, or events are missing: nothing of that is published.</summary>
    /// <param name="named">Some of their numbers.</param>
    /// <param name="cut">How many seals miss events.</param>
    public static Rejection HistoryDiffers(int tickets, string named, int cut)
    {
        var detail = new StringBuilder();
        detail.Append(tickets == 0 ? "" : $"有 {tickets} 件工单的存储内容与办理经过不一致（{named}{(tickets > named.Split('、').Length ? " 等" : "")}）。");
        detail.Append(cut == 0 ? "" : "有已封存的办理经过缺失或被改动。");
        detail.Append(detail.Length == 0 ? "按办理经过重新计算的结果与索引不一致。" : "");
        return new("league.history-differs", detail.Append("不能提请公布。请系统管理员核对存储（check），修复后再提请。").ToString(), RejectionKind.State);
    }

    /// <summary>Figures are fixed with every exclusion request decided, for a publication and for its correction alike.</summary>
    /// <param name="requests">Exclusion requests that wait for a decision.</param>
    public static Rejection? Undecided(int requests) => requests == 0 ? null
        : new("league.undecided", $"还有 {requests} 件剔除申请没有决定，请先决定，再提请。", RejectionKind.State, AllowedActions: []);

    private static string Shown(DateTimeOffset at)
    {
        var (day, time) = (ShanghaiTime.DateOf(at), ShanghaiTime.TimeOf(at));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日{time:HH\\:mm}");
    }

    public static Rejection? MayApprove(LeagueTableState table, Actor actor)
    {
        if (table.Proposal is not { } proposal)
        {
            return NotProposed(table.ClosedAt is null ? "close" : "propose-publication");
        }

        return Approves(proposal, actor);
    }

    /// <summary>The proposal must be the one that continues the newest revision.</summary>
    public static Rejection? MayApproveCorrection(LeagueTableState table, int newest, Actor actor) =>
        table.Proposal is { } proposal && proposal.Revision == newest + 1 ? Approves(proposal, actor) : NotProposed("propose-correction");

    public static Rejection NotCorrected { get; } = new("league.not-corrected", "本表没有更正过，没有可对照的版本。", RejectionKind.State);

    /// <summary>A correction that changes nothing is none.</summary>
    public static Rejection Unchanged { get; } = new("league.unchanged", "重新计算的结果与已公布的内容完全相同，无须更正。", RejectionKind.State);

    /// <summary>Ends the proposal: its proposer takes it back, anyone else turns it down. It stays on record.</summary>
    public static Result<LeagueTableState> EndProposal(LeagueTableState table, Actor actor, string reason, DateTimeOffset now)
    {
        if (table.Proposal is not { } p)
        {
            return NotProposed("propose-publication", "propose-correction");
        }

        var end = TwoPersonDecision.EndBy(p.ProposedBy, actor);
        var ended = new EndedProposal(p.Revision, p.ProposedBy, p.CutoffAt, p.ContentHash, end, actor.Id, now, reason);
        return DropProposal(table) with { Ended = [.. table.Ended.TakeLast(MostEnded - 1), ended] };
    }

    private static Rejection? Approves(ProposedTable proposal, Actor actor)
    {
        return Revision.Hash(proposal.Body) == proposal.ContentHash
            ? TwoPersonDecision.Refuse(proposal.ProposedBy, actor)
            : new("league.damaged", "提请的内容与校验值不符，可能被改动，请重新提请并报告管理员。", RejectionKind.Unavailable);
    }

    public static Rejection NotProposed(params string[] allowed) =>
        new("league.not-proposed", "没有待批准的提请。", RejectionKind.State, AllowedActions: allowed);
}
