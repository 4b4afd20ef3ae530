using Hotline.Shared;

namespace Hotline.Policies;

public sealed class ScoringDiffRulesTests
{
    private static readonly ScoringPolicy V1 = ScoringPolicy.V1;

    [Fact]
    public void Changes_AreSaidInSentences()
    {
        var to = V1 with { Weights = new(20m, 20.50m, 60m), MinEffectiveCallbacks = 0, Penalties = Penalties.Advisory };
        Assert.Equal(
            ["办结率权重由30改为20.5。", "满意率权重由50改为60。", "参加排名所需的有效回访由5件改为0件。", "排名结果的使用由据以通报批评改为仅供参考。"],
            ScoringDiffRules.Changes(V1, to).Select(c => c.Sentence));
        Assert.Empty(ScoringDiffRules.Changes(to, to with { Version = "other" }));
    }

    /// <summary>A field added to the policy must be said too.</summary>
    [Fact]
    public void EveryField_IsCompared()
    {
        ScoringPolicy[] each =
        [
            V1 with { EffectiveFrom = new(2026, 1) }, V1 with { Weights = V1.Weights with { Reply = 1 } }, V1 with { BasicallySatisfiedValue = 0.5m },
            V1 with { MinEffectiveCallbacks = 6 }, V1 with { MinRankedForLast = 6 }, V1 with { MinRankedForBottomThree = 8 }, V1 with { BottomCount = 2 },
            V1 with { StreakMonths = 2 }, V1 with { UnrankedMonth = UnrankedMonth.Break }, V1 with { Penalties = Penalties.Advisory }, V1 with { Tables = TableForm.Single },
            V1 with { LastExemption = new(90, 2) }, V1 with { Commendation = new(6, 0.6m) }, V1 with { SelfCriticismDays = 99 }, V1 with { Awards = V1.Awards with { TopPlaces = 9 } },
        ];
        Assert.All(each, policy => Assert.Single(ScoringDiffRules.Changes(V1, policy)));
        Assert.Equal(typeof(ScoringPolicy).GetProperties().Count(p => p.CanWrite), each.Length + 2);
    }
}
