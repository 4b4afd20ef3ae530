using System.Text.Json.Serialization;

namespace Hotline.Shared;

/// <summary>提请的结局</summary>
[JsonConverter(typeof(CodeEnumConverter<ProposalEnd>))]
public enum ProposalEnd
{
    /// <summary>提请人撤回</summary>
    Withdrawn = 1,
    /// <summary>他人驳回</summary>
    Rejected = 2,
}

/// <summary>两人决定: proposed by one person, approved by another; its proposer takes it back, anyone else turns it down.</summary>
internal static class TwoPersonDecision
{
    /// <summary>Refuses the proposer's own approval (<c>duty.same-person</c>).</summary>
    public static Rejection? Refuse(string proposedBy, Actor actor) =>
        actor.Id == proposedBy ? SamePerson("提请人不能批准自己的提请") : null;

    /// <summary><c>duty.same-person</c></summary>
    /// <param name="what">What the same person may not do, in Chinese.</param>
    public static Rejection SamePerson(string what) => new("duty.same-person", $"{what}，须由另一人进行。", RejectionKind.Forbidden);

    public static ProposalEnd EndBy(string proposedBy, Actor actor) => actor.Id == proposedBy ? ProposalEnd.Withdrawn : ProposalEnd.Rejected;
}
