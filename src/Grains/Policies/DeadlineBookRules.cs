using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Policies;

/// <summary>How versions of the deadlines come to act: proposed by one, approved by another, never for a past dispatch.</summary>
internal static class DeadlineBookRules
{
    /// <summary>The version under which a dispatch at this instant falls: the one that came into force last.</summary>
    public static StoredDeadlinePolicy InForce(IReadOnlyList<StoredDeadlinePolicy> stored, DateTimeOffset at)
    {
        var best = stored[0];
        foreach (var policy in stored)
        {
            best = policy.ActsFrom <= at && policy.ActsFrom >= best.ActsFrom ? policy : best;
        }
        return best;
    }

    /// <summary>Same content, whatever the order of the rows.</summary>
    public static bool AreSame(DeadlinePolicy a, DeadlinePolicy b) => a with { Rows = b.Rows } == b && DeadlineDiffRules.Changes(a, b).Count == 0;

    /// <summary>The book after a version was proposed; the same book when nothing changes.</summary>
    public static Result<DeadlinePolicyState> Put(DeadlinePolicyState book, DeadlinePolicy policy, PolicyCondition condition, Actor actor, DateTimeOffset now)
    {
        if (DeadlinePolicyRules.Check(policy) is { } broken)
        {
            return broken;
        }

        if (book.Find(policy.Version) is { } approved)
        {
            return AreSame(approved.Policy, policy)
                ? book
                : new Rejection("policy.approved", "该版本已经批准，工单的时限以它为据，不得更改；请另用新的版本号。", RejectionKind.State);
        }

        var waiting = book.Proposed(policy.Version);
        if (waiting is not null && AreSame(waiting.Policy, policy) && waiting.ProposedBy == actor.Id)
        {
            return book;
        }

        return (CheckDay(book, policy, now) ?? Stale(waiting, condition)) is { } refused ? refused : book.Propose(policy, actor.Id, now);
    }

    public static Result<DeadlinePolicyState> Approve(DeadlinePolicyState book, string version, Actor actor, DateTimeOffset now)
    {
        if (book.Proposed(version) is not { } proposal)
        {
            return ScoringPolicyBookRules.NotProposed;
        }

        if (TwoPersonDecision.Refuse(proposal.ProposedBy, actor) is { } refused)
        {
            return refused;
        }

        var day = proposal.Policy.EffectiveFrom;
        if (book.Policies.Any(p => p.Policy.EffectiveFrom == day))
        {
            return Overlap;
        }

        if (book.Policies.Any(p => p.Policy.EffectiveFrom > day && p.ActsFrom <= now))
        {
            return new Rejection("policy.outdated", "生效日期更晚的版本已经施行，请以新的生效日期重新提请。", RejectionKind.State);
        }

        var start = ShanghaiTime.At(day, TimeOnly.MinValue);
        return book.Approve(proposal, actor.Id, now, start > now ? start : now);
    }

    private static Rejection Overlap { get; } =
        new("policy.overlap", "该生效日期已有另一个版本，同一日期只能有一个版本。", Pointer: "/effectiveFrom");

    private static Rejection? CheckDay(DeadlinePolicyState book, DeadlinePolicy policy, DateTimeOffset now)
    {
        if (policy.EffectiveFrom < ShanghaiTime.DateOf(now))
        {
            return new("policy.effective-from", "时限规则只对以后的派单适用，生效日期不能早于今天。", Pointer: "/effectiveFrom");
        }

        var isTaken = book.Policies.Any(p => p.Policy.EffectiveFrom == policy.EffectiveFrom)
            || book.Proposals.Any(p => p.Policy.EffectiveFrom == policy.EffectiveFrom && p.Policy.Version != policy.Version);
        return isTaken ? Overlap : null;
    }

    private static Rejection? Stale(DeadlineProposal? waiting, PolicyCondition condition)
    {
        if (waiting is not null && !condition.Sent)
        {
            return new("precondition.required", "替换待批准的版本须带 If-Match，注明所依据的版本。", RejectionKind.Stale);
        }

        return condition is { Sent: true, Number: { } number } && number != (waiting?.Number ?? 0)
            ? new Rejection("precondition.failed", "该版本已被他人修改，请重新读取后再提交。", RejectionKind.Stale)
            : null;
    }
}
