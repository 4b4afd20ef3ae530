using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Policies;

/// <summary>An approved version of the deadlines. Promises name it, so it never changes.</summary>
/// <param name="Number">Counts the approvals, from 1 (v1 as shipped).</param>
/// <param name="ActsFrom">The start of its effective day, but never before its approval: no past dispatch comes under it.</param>
[GenerateSerializer, Immutable, Alias("hotline.StoredDeadlinePolicy")]
public sealed record StoredDeadlinePolicy(DeadlinePolicy Policy, long Number, string ProposedBy, string ApprovedBy, DateTimeOffset ApprovedAt, DateTimeOffset ActsFrom);

/// <summary>A version that waits for a second person.</summary>
/// <param name="Number">Counts the proposals: the ETag while it waits.</param>
[GenerateSerializer, Immutable, Alias("hotline.DeadlineProposal")]
public sealed record DeadlineProposal(DeadlinePolicy Policy, long Number, string ProposedBy, DateTimeOffset At);

/// <summary>All approved versions in the order of their approval, and the open proposals.</summary>
/// <param name="Version">Changes with every change of the book.</param>
[GenerateSerializer, Immutable, Alias("hotline.DeadlineBook")]
public sealed record DeadlineBook(long Version, IReadOnlyList<StoredDeadlinePolicy> Policies, IReadOnlyList<DeadlineProposal> Proposals)
{
    /// <summary>The version under which a dispatch at this instant falls: the one that came into force last.</summary>
    public DeadlinePolicy InForce(DateTimeOffset at) => DeadlineBookRules.InForce(Policies, at).Policy;

    /// <summary>The version that a promise names; v1 for one that is not stored.</summary>
    public DeadlinePolicy Of(string version) => Policies.FirstOrDefault(p => p.Policy.Version == version)?.Policy ?? DeadlinePolicy.V1;
}

/// <summary>What became of a version that was handed in. Exactly one of the two is set.</summary>
/// <param name="Stored">It was approved before with the same content.</param>
/// <param name="Proposed">It waits for a second person.</param>
[GenerateSerializer, Immutable, Alias("hotline.DeadlineOutcome")]
public sealed record DeadlineOutcome(StoredDeadlinePolicy? Stored, DeadlineProposal? Proposed);

/// <summary>时限规则 in all versions: proposed by one person, approved by another, for dispatches after that. Key <c>P-deadlines</c>.</summary>
[Alias("hotline.IDeadlinePoliciesGrain")]
public interface IDeadlinePoliciesGrain : IGrainWithStringKey
{
    /// <summary>The whole book, or null when the caller knows this version already.</summary>
    [Alias("Changes"), Reads]
    Task<DeadlineBook?> Changes(long knownVersion);

    /// <summary>Proposes a version; the same content again changes nothing. Errors: <c>policy.invalid</c>, <c>policy.effective-from</c> for a day that
    /// is over, <c>policy.overlap</c> when another version has this day, <c>policy.approved</c> for other content under an approved name,
    /// <c>precondition.required</c>, <c>precondition.failed</c>.</summary>
    [Alias("Put")]
    Task<Result<DeadlineOutcome>> Put(DeadlinePolicy policy, PolicyCondition condition, CallContext call);

    /// <summary>The second person lets it act. Errors: <c>policy.not-proposed</c>, <c>duty.same-person</c>, <c>policy.overlap</c>, <c>policy.outdated</c>
    /// when a later version is in force already.</summary>
    [Alias("Approve")]
    Task<Result<StoredDeadlinePolicy>> Approve(string version, CallContext call);

    /// <summary>A proposal is taken back or turned down. Errors: <c>policy.not-proposed</c>.</summary>
    [Alias("Drop")]
    Task<Result<DeadlineProposal>> Drop(string version, CallContext call);
}
