using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Notices;

/// <summary>How a list goes from preview to approval by two people, and from there to a correction.</summary>
internal static class AwardLifeRules
{
    public static Rejection NotOfficial { get; } = new("award.not-official", "按考核办法，本范围不是正式排名，不评选。", RejectionKind.Rule, "?tier");

    public static Rejection NotProposed { get; } = new("award.not-proposed", "没有待批准的名单。", RejectionKind.State, AllowedActions: ["propose"]);

    public static Rejection NotFound { get; } = new("not-found", "没有这个版本。", RejectionKind.NotFound);

    /// <summary>A first list needs its periods published; a further one a reason and another content.</summary>
    public static Result<ProposedAward> Propose(LeagueTier tier, string body, bool isReady, Revision? newest, string? reason, (Actor Actor, DateTimeOffset At) by)
    {
        if (!isReady)
        {
            return new Rejection("award.not-ready", "所依据的各期尚未全部结束并公布，不能提请。", RejectionKind.State, AllowedActions: []);
        }

        var hash = Revision.Hash(body);
        if (newest is not null && newest.ContentHash == hash)
        {
            return new Rejection("award.unchanged", "名单与已批准的相同，无须更正。", RejectionKind.State, AllowedActions: []);
        }

        if (newest is not null && string.IsNullOrWhiteSpace(reason))
        {
            return new Rejection("award.reason-missing", "更正已批准的名单须写明原因。", Pointer: "/reason");
        }

        return new ProposedAward(tier, new((newest?.Number ?? 0) + 1, by.Actor.Id, by.At, hash, newest is null ? null : reason!.Trim()), body);
    }

    /// <param name="live">The list as it would be now: what was corrected since the proposal is not approved unseen.</param>
    /// <param name="recorders">Who recorded the vetoes that act in it.</param>
    public static Rejection? MayApprove(ProposedAward? award, string live, Actor actor, IEnumerable<string> recorders)
    {
        if (award is null)
        {
            return NotProposed;
        }

        if (TwoPersonDecision.Refuse(award.Proposal.ProposedBy, actor) is { } refused)
        {
            return refused;
        }

        if (recorders.Contains(actor.Id))
        {
            return TwoPersonDecision.SamePerson("登记一票否决的人不能批准受其影响的名单");
        }

        return Revision.Hash(live) == award.Proposal.ContentHash
            ? null
            : new("award.outdated", "提请之后排名或一票否决有变化，请重新提请。", RejectionKind.State, AllowedActions: ["propose"]);
    }

    /// <summary>The proposal as it is approved.</summary>
    public static Revision Approve(RevisionKind kind, string period, ProposedAward award, Actor actor, DateTimeOffset at)
    {
        var p = award.Proposal;
        return new(kind, period, award.Tier, p.Revision, p.ContentHash, award.Body, p.ProposedBy, actor.Id, p.Reason, p.ProposedAt, at);
    }

    /// <summary>The list as it reads: the approved one, else the proposed one, else a preview; with where it stands.</summary>
    /// <param name="live">As it would be now.</param>
    /// <param name="preview">As it would be now is what was asked for, whatever was approved.</param>
    public static (T Body, AwardStage Stage) Shown<T>(T live, bool isReady, Revision? approved, AwardProposals lists, LeagueTier tier, bool preview)
    {
        var (open, text) = (lists.Find(tier), AwardCanon.Text(live));
        var (body, stage) = preview ? (live, Preview(isReady, open?.Proposal))
            : approved is not null ? (AwardCanon.Read<T>(approved.Text), Approved(approved, open?.Proposal, text, isReady))
            : open is not null ? (AwardCanon.Read<T>(open.Body), Proposed(open.Proposal, text, isReady))
            : (live, Preview(isReady, null));
        return (body, stage with { Ended = [.. lists.Ended.Where(e => e.Tier == tier)] });
    }

    public static AwardStage Approved(Revision revision, AwardProposal? proposal, string live, bool isReady) =>
        new(revision.Number > 1 ? AwardStatus.Corrected : AwardStatus.Approved, revision.Number, revision.ContentHash, isReady,
            isReady && Revision.Hash(live) != revision.ContentHash, proposal, revision.ProposedBy, revision.ApprovedBy, revision.At, revision.Reason);

    public static AwardStage Proposed(AwardProposal proposal, string live, bool isReady) =>
        new(AwardStatus.Proposed, 0, proposal.ContentHash, isReady, Revision.Hash(live) != proposal.ContentHash, proposal, proposal.ProposedBy, null, null,
            proposal.Reason);

    public static AwardStage Preview(bool isReady, AwardProposal? proposal) => new(AwardStatus.Preview, 0, null, isReady, false, proposal, null, null, null, null);
}
