using Hotline.Shared;
using Hotline.Storage;
using Orleans.Concurrency;

namespace Hotline.Scorecards;

/// <summary>Where a table stands that is not published.</summary>
/// <param name="Version">Counts the changes of the table's record, from 0.</param>
/// <param name="ClosedAt">When the month was closed (预公布); null while the table is live.</param>
/// <param name="Proposal">The figures proposed for publication, fixed at their cutoff.</param>
/// <param name="Ended">Proposals that were taken back or turned down, the latest last; null for none.</param>
[GenerateSerializer, Immutable, Alias("hotline.LeagueStanding")]
public sealed record LeagueStanding(long Version, DateTimeOffset? ClosedAt, ProposedTable? Proposal, IReadOnlyList<EndedProposal>? Ended = null);

/// <summary>A proposal with its figures (提请公布、提请更正).</summary>
/// <param name="CutoffAt">Facts after this instant did not enter.</param>
/// <param name="ContentHash">SHA-256 over <paramref name="Body"/>.</param>
/// <param name="Body">The bytes that approval publishes.</param>
/// <param name="Revision">The revision it becomes: 1, or the next one for a correction.</param>
/// <param name="Reason">Why the published table is corrected; null for the first publication.</param>
/// <param name="Basis">On what the figures rest, as kept with the revision.</param>
[GenerateSerializer, Immutable, Alias("hotline.ProposedTable")]
public sealed record ProposedTable(string ProposedBy, DateTimeOffset CutoffAt, string ContentHash, string Body, int Revision = 1, string? Reason = null,
    string? Basis = null);

/// <summary>核验结果</summary>
/// <param name="Month">月份</param>
/// <param name="Tier">排名范围</param>
/// <param name="Revision">被核验的公布版本</param>
/// <param name="Matches">从工单的办理经过重新计算到截止时刻，与公布内容逐字节一致</param>
/// <param name="Intact">公布内容与其校验值一致，未被改动</param>
/// <param name="ContentHash">公布时的 SHA-256</param>
/// <param name="RecomputedHash">重新计算的 SHA-256</param>
/// <param name="Differences">与公布内容不一致之处，最多 100 条</param>
/// <param name="TicketsRead">读取了多少件工单的办理经过</param>
/// <param name="Tickets">办理经过受损，或索引与办理经过不一致的工单，最多 100 件</param>
/// <param name="WouldChange">按截止时刻以后的事实重新计算，结果会不同（可提请更正）；公布内容不因此失效</param>
/// <param name="Later">以后的事实会改变之处，最多 100 条</param>
/// <param name="Text">结论</param>
[GenerateSerializer, Immutable, Alias("hotline.LeagueVerification")]
public sealed record LeagueVerification(Month Month, LeagueTier Tier, int Revision, bool Matches, bool Intact, string ContentHash, string RecomputedHash,
    IReadOnlyList<LeagueDifference> Differences, int TicketsRead, IReadOnlyList<TicketDiscrepancy> Tickets, bool WouldChange,
    IReadOnlyList<LeagueDifference> Later, string Text);

/// <summary>一次核验的进度</summary>
/// <param name="Run">核验的编号</param>
/// <param name="TicketsRead">已读取多少件工单的办理经过</param>
/// <param name="StartedAt">开始时间</param>
/// <param name="Result">结果；尚未完成时为空</param>
[GenerateSerializer, Immutable, Alias("hotline.VerificationRun")]
public sealed record VerificationRun(string Run, int TicketsRead, DateTimeOffset StartedAt, LeagueVerification? Result);

/// <summary>一件有问题的工单</summary>
/// <param name="Ticket">工单编号</param>
/// <param name="ExternalNo">来源平台的工单编号</param>
/// <param name="Fault">问题</param>
/// <param name="Facts">不一致的事实：索引中的值与办理经过得出的值</param>
[GenerateSerializer, Immutable, Alias("hotline.TicketDiscrepancy")]
public sealed record TicketDiscrepancy(string Ticket, string ExternalNo, string Fault, IReadOnlyList<LeagueDifference> Facts);

/// <summary>一处不一致</summary>
/// <param name="Pointer">位置；各行以单位代码表示</param>
/// <param name="Published">公布的内容；工单则为索引中的值</param>
/// <param name="Recomputed">重新计算的内容</param>
[GenerateSerializer, Immutable, Alias("hotline.LeagueDifference")]
public sealed record LeagueDifference(string Pointer, string? Published, string? Recomputed);

/// <summary>One month's table of one tier on its way to publication. Key <c>L-2026-10-station</c>. A call's version that is not the table's
/// is refused (<c>precondition.failed</c>).</summary>
[Alias("hotline.ILeagueTableGrain")]
public interface ILeagueTableGrain : IGrainWithStringKey
{
    [Alias("Standing"), Reads]
    Task<LeagueStanding> Standing();

    /// <summary>关账: a past month becomes provisional; a closed one stays as it is. Errors: <c>league.month-running</c>.</summary>
    [Alias("Close"), ByClock]
    Task<Result<LeagueTable>> Close(CallContext call);

    /// <summary>提请公布: fixes the cutoff and the figures. A new proposal replaces the last. Errors: <c>league.not-closed</c>, <c>league.window</c>,
    /// <c>league.undecided</c>, <c>league.published</c>.</summary>
    [Alias("ProposePublication")]
    [ResponseTimeout("00:05:00")]
    Task<Result<LeagueTable>> ProposePublication(CallContext call);

    /// <summary>批准公布 by another person: the proposed figures become revision 1, for ever.
    /// Errors: <c>league.not-proposed</c>, <c>league.published</c>, <c>league.outdated</c>, <c>duty.same-person</c>.</summary>
    [Alias("ApprovePublication")]
    Task<Result<LeagueTable>> ApprovePublication(CallContext call);

    /// <summary>提请更正 of a published table, with its reason: fixes a new cutoff and new figures, which would become the next revision. A new proposal
    /// replaces the last. Errors: <c>league.not-published</c>, <c>league.undecided</c>, <c>league.unchanged</c>.</summary>
    [Alias("ProposeCorrection")]
    [ResponseTimeout("00:05:00")]
    Task<Result<LeagueTable>> ProposeCorrection(string reason, CallContext call);

    /// <summary>批准更正 by another person: the proposed figures become the next revision; the earlier ones stay.
    /// Errors: <c>league.not-proposed</c>, <c>league.outdated</c>, <c>duty.same-person</c>.</summary>
    [Alias("ApproveCorrection")]
    Task<Result<LeagueTable>> ApproveCorrection(CallContext call);

    /// <summary>撤回 by the proposer, 驳回 by anyone else: the proposal goes and stays on record with the reason. Errors: <c>league.not-proposed</c>.</summary>
    [Alias("EndProposal")]
    Task<Result<LeagueTable>> EndProposal(string reason, CallContext call);

    /// <summary>核验: recomputes a revision (the newest when null) from the histories of the tickets, as far as they went at its cutoff, with the
    /// policies and units of that moment, and says what differs; and, apart from that, what later facts would change. Answers after ten seconds at the latest,
    /// then with how far it is. Errors: <c>league.not-published</c>.</summary>
    [Alias("Verify"), Reads, AlwaysInterleave]
    Task<Result<VerificationRun>> Verify(int? revision = null);

    /// <summary>A verification that was begun: its result, or how far it is; waits as long as the first asking. Errors: <c>not-found</c>, also after its silo has
    /// ended.</summary>
    [Alias("Verification"), Reads, AlwaysInterleave]
    Task<Result<VerificationRun>> Verification(string run);
}

/// <summary>Reads tables, from any process. Key <c>L-tables</c>; every silo answers by itself.</summary>
[Alias("hotline.ILeagueTablesGrain"), Reads]
public interface ILeagueTablesGrain : IGrainWithStringKey
{
    /// <summary>A table: the newest revision, an older one, or the live figures. Errors: <c>not-found</c> for a revision that does not exist,
    /// <c>league.damaged</c>.</summary>
    [Alias("Get")]
    Task<Result<LeagueTable>> Get(Month month, LeagueTier tier, int? revision);

    /// <summary>连续后三位预警: units in this month's bottom three with a long enough streak.</summary>
    /// <param name="atRisk">Adds the units one month short of it.</param>
    [Alias("Flags")]
    Task<Result<BottomThreeFlags>> Flags(Month month, LeagueTier tier, bool atRisk);

    /// <summary>The pooled figures of each month, oldest first. Errors: <c>validation.range</c> when it is not 1–120 months.</summary>
    [Alias("Totals")]
    Task<Result<IReadOnlyList<MonthTotal>>> Totals(Month from, Month to, LeagueTier tier);

    /// <summary>剔除申请 that concern a table's units in the month.</summary>
    [Alias("Exclusions")]
    Task<Result<LeagueExclusions>> Exclusions(Month month, LeagueTier tier);

    /// <summary>All revisions of a table, with proposals that wait or came to nothing.</summary>
    [Alias("Revisions")]
    Task<Result<LeagueRevisionList>> Revisions(Month month, LeagueTier tier);

    /// <summary>前后对照: what a correction changes, per unit and elsewhere. Without a number: the waiting proposal's, or the newest revision's.
    /// Errors: <c>not-found</c>, <c>league.not-corrected</c> when there is nothing to compare with.</summary>
    [Alias("Changes")]
    Task<Result<LeagueChanges>> Changes(Month month, LeagueTier tier, int? revision);

    /// <summary>评分说明: how a unit's figures were formed, ticket by ticket, and what each ticket cost. A fixed table is explained as of its cutoff.
    /// Errors: those of <see cref="Get"/>, <c>league.unit-absent</c>.</summary>
    [Alias("Explain")]
    Task<Result<UnitExplanation>> Explain(Month month, LeagueTier tier, string unit, int? revision);
}
