using Hotline.Scorecards;

namespace Hotline.Notices;

/// <summary>A proposed list with the bytes that approval will insert.</summary>
internal sealed record ProposedAward(LeagueTier Tier, AwardProposal Proposal, string Body);

/// <summary>A quarter's record: vetoes, kept for ever, and proposals. That a list is approved is said by the revision's row alone.</summary>
internal sealed record QuarterState
{
    public IReadOnlyList<QuarterVeto> Vetoes { get; init; } = [];

    public IReadOnlyList<ProposedAward> Proposals { get; init; } = [];

    public ProposedAward? Proposed(LeagueTier tier) => Proposals.FirstOrDefault(p => p.Tier == tier);

    public QuarterState Propose(ProposedAward award) => this with { Proposals = [.. Proposals.Where(p => p.Tier != award.Tier), award] };

    public QuarterState Drop(LeagueTier tier) => this with { Proposals = [.. Proposals.Where(p => p.Tier != tier)] };
}

/// <summary>A year's record.</summary>
internal sealed record YearState
{
    public ProposedAward? Proposal { get; init; }
}
