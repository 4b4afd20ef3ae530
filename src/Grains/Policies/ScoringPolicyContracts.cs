using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Policies;

/// <summary>A stored version of the assessment.</summary>
/// <param name="Policy">The version's content.</param>
/// <param name="Number">Counts the storings, from 1 (v1 as shipped): the version's ETag, and "the last stored" among equal months.</param>
/// <param name="StoredBy">Who stored or proposed it.</param>
/// <param name="ApprovedBy">The second person, when a closed table was concerned.</param>
[GenerateSerializer, Immutable, Alias("hotline.StoredPolicy")]
public sealed record StoredPolicy(ScoringPolicy Policy, long Number, string StoredBy, string? ApprovedBy, DateTimeOffset At);

/// <summary>A version that would touch a closed table and waits for a second person.</summary>
/// <param name="Number">The number of the version it would replace; 0 for a new one.</param>
[GenerateSerializer, Immutable, Alias("hotline.PolicyProposal")]
public sealed record PolicyProposal(ScoringPolicy Policy, long Number, string ProposedBy, DateTimeOffset At);

/// <summary>All versions in the order in which they were stored, and the open proposals.</summary>
/// <param name="Version">Changes with every change of the book.</param>
[GenerateSerializer, Immutable, Alias("hotline.PolicyBook")]
public sealed record PolicyBook(long Version, IReadOnlyList<StoredPolicy> Policies, IReadOnlyList<PolicyProposal> Proposals)
{
    /// <summary>A version by name, a proposal before what it would replace; null when there is none.</summary>
    internal ScoringPolicy? Find(string version) => Proposals.FirstOrDefault(p => p.Policy.Version == version)?.Policy
        ?? Policies.FirstOrDefault(p => p.Policy.Version == version)?.Policy;

    /// <summary>The policy of a month (<see cref="ScoringPolicyRules.PolicyFor"/>).</summary>
    internal ScoringPolicy For(Month month) => ScoringPolicyRules.PolicyFor(month, [.. Policies.Select(p => p.Policy)]);
}

/// <summary>What became of a version that was handed in. Exactly one of the two is set.</summary>
/// <param name="Stored">It acts.</param>
/// <param name="Proposed">It waits for a second person.</param>
[GenerateSerializer, Immutable, Alias("hotline.PolicyOutcome")]
public sealed record PolicyOutcome(StoredPolicy? Stored, PolicyProposal? Proposed);

/// <summary>Which version the caller read before replacing it.</summary>
/// <param name="Sent">If-Match was sent at all.</param>
/// <param name="Number">The number in it; null stands for <c>*</c>.</param>
[GenerateSerializer, Immutable, Alias("hotline.PolicyCondition")]
public sealed record PolicyCondition(bool Sent, long? Number);

/// <summary>考核办法 in all versions, and the list of closed tables that guards them: both are decided in one place, so that no table closes
/// while its policy changes. Key <c>P-scoring</c>.</summary>
[Alias("hotline.IScoringPoliciesGrain")]
public interface IScoringPoliciesGrain : IGrainWithStringKey
{
    /// <summary>The whole book, or null when the caller knows this version already.</summary>
    [Alias("Changes"), Reads]
    Task<PolicyBook?> Changes(long knownVersion);

    /// <summary>Stores a version. It acts at once while no table from its first month on is closed, otherwise it is a proposal; the same content
    /// again changes nothing. Errors: <c>policy.*</c> (a field's), <c>precondition.required</c>, <c>precondition.failed</c>.</summary>
    [Alias("Put")]
    Task<Result<PolicyOutcome>> Put(ScoringPolicy policy, PolicyCondition condition, CallContext call);

    /// <summary>The second person lets a proposal act. Errors: <c>policy.not-proposed</c>, <c>duty.same-person</c>, <c>precondition.failed</c>.</summary>
    [Alias("Approve")]
    Task<Result<StoredPolicy>> Approve(string version, CallContext call);

    /// <summary>A proposal is taken back or turned down. Errors: <c>policy.not-proposed</c>.</summary>
    [Alias("Drop")]
    Task<Result<PolicyProposal>> Drop(string version, CallContext call);

    /// <summary>A table closes: from now on its policy changes by two people only. Answers the policy that applies to it.</summary>
    [Alias("RecordClosed")]
    Task<Result<ScoringPolicy>> RecordClosed(Month month, string tier);
}
