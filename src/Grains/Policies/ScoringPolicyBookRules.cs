using Hotline.Shared;

namespace Hotline.Policies;

/// <summary>How versions of the assessment come to act.</summary>
internal static class ScoringPolicyBookRules
{
    /// <summary>The book after a version was handed in; the same book when nothing changes.</summary>
    public static Result<ScoringPolicyState> Put(ScoringPolicyState book, ScoringPolicy policy, PolicyCondition condition, Actor actor, DateTimeOffset now)
    {
        if (ScoringPolicyRules.Validate(policy) is [var fault, ..])
        {
            return new Rejection(fault.Code, fault.Message, RejectionKind.Rule, fault.Pointer);
        }

        var replaced = book.Find(policy.Version);
        if (replaced?.Policy == policy)
        {
            return book;
        }

        if (Stale(replaced, condition) is { } stale)
        {
            return stale;
        }

        if (!TouchesClosed(book, policy, replaced))
        {
            return book.Store(policy, actor.Id, null, now);
        }

        var waiting = book.Proposed(policy.Version);
        return waiting?.Policy == policy && waiting.ProposedBy == actor.Id
            ? book
            : book.Propose(new(policy, replaced?.Number ?? 0, actor.Id, now));
    }

    /// <summary>The book after the second person approved; the version it was to replace must still be the one it was proposed against.</summary>
    public static Result<ScoringPolicyState> Approve(ScoringPolicyState book, string version, Actor actor, DateTimeOffset now)
    {
        if (book.Proposed(version) is not { } proposal)
        {
            return NotProposed;
        }

        if (TwoPersonDecision.Refuse(proposal.ProposedBy, actor) is { } refused)
        {
            return refused;
        }

        if ((book.Find(version)?.Number ?? 0) != proposal.Number)
        {
            return ChangedSince;
        }

        return book.Store(proposal.Policy, proposal.ProposedBy, actor.Id, now);
    }

    public static Rejection NotProposed { get; } = new("policy.not-proposed", "该版本没有待批准的提请。", RejectionKind.State);

    private static Rejection ChangedSince { get; } = new("precondition.failed", "该版本已被他人修改，请重新读取后再提交。", RejectionKind.Stale);

    private static Rejection? Stale(StoredPolicy? replaced, PolicyCondition condition)
    {
        if (replaced is not null && !condition.Sent)
        {
            return new("precondition.required", "替换已有版本须带 If-Match，注明所依据的版本。", RejectionKind.Stale);
        }

        return condition is { Sent: true, Number: { } number } && number != (replaced?.Number ?? 0) ? ChangedSince : null;
    }

    /// <summary>A replaced version also leaves the months it used to apply to.</summary>
    private static bool TouchesClosed(ScoringPolicyState book, ScoringPolicy policy, StoredPolicy? replaced)
    {
        var first = replaced is not null && replaced.Policy.EffectiveFrom < policy.EffectiveFrom ? replaced.Policy.EffectiveFrom : policy.EffectiveFrom;
        return book.Closed.Any(table => table.Month >= first);
    }
}
