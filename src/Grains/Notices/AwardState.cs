using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Notices;

/// <summary>A proposed list with the bytes that approval will insert.</summary>
internal sealed record ProposedAward(LeagueTier Tier, AwardProposal Proposal, string Body);

/// <summary>A record's proposed lists, one a tier, and those that came to nothing. That a list is approved is said by the revision's row.</summary>
internal sealed record AwardProposals
{
    private const int MostEnded = 20;

    public IReadOnlyList<ProposedAward> Open { get; init; } = [];

    /// <summary>The latest last.</summary>
    public IReadOnlyList<EndedAward> Ended { get; init; } = [];

    public ProposedAward? Find(LeagueTier tier) => Open.FirstOrDefault(p => p.Tier == tier);

    public AwardProposals With(ProposedAward award) => this with { Open = [.. Drop(award.Tier).Open, award] };

    public AwardProposals Drop(LeagueTier tier) => this with { Open = [.. Open.Where(p => p.Tier != tier)] };

    /// <summary>Its proposer takes it back, anyone else turns it down; it stays on record without its body. Errors: <c>award.not-proposed</c>.</summary>
    public Result<AwardProposals> End(LeagueTier tier, Actor actor, string reason, DateTimeOffset now)
    {
        if (Find(tier) is not { } open)
        {
            return AwardLifeRules.NotProposed;
        }

        var ended = new EndedAward(tier, open.Proposal, TwoPersonDecision.EndBy(open.Proposal.ProposedBy, actor), actor.Id, now, reason);
        return Drop(tier) with { Ended = [.. Ended.TakeLast(MostEnded - 1), ended] };
    }
}

/// <summary>A quarter's record: vetoes, kept for ever, and its lists on their way.</summary>
internal sealed record QuarterState
{
    public IReadOnlyList<QuarterVeto> Vetoes { get; init; } = [];

    public AwardProposals Lists { get; init; } = new();
}

/// <summary>A year's record.</summary>
internal sealed record YearState
{
    public AwardProposals Lists { get; init; } = new();
}
