using System.Text.Json;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Scorecards;

public sealed class LeagueBasisTests
{
    private static LeagueBasis Basis(LeagueUnit unit) => new("7", [unit], [ScoringPolicy.V1], new Dictionary<int, int>());

    /// <summary>Bytes that are kept, and hashed, with revisions: they are as they ever were.</summary>
    [Fact]
    public void UnitThatNeverChangedItsTier_IsKeptInTheBytesOfEver()
    {
        var unit = LeagueUnit.Of(new Unit("DG", "东关派出所", UnitTier.Station, "张三", null, new(2026, 1, 1), null, [], 3));
        using var written = JsonDocument.Parse(Basis(unit).Write());
        Assert.Equal("""{"code":"DG","name":"东关派出所","tier":"station","activeFrom":"2026-01-01"}""",
            written.RootElement.GetProperty("units")[0].GetRawText());
    }

    [Fact]
    public void UnitOfSeveralTiers_IsKeptWithAllOfThem()
    {
        TierFrom[] tiers = [new(new(1, 1), UnitTier.Station), new(new(2026, 11), UnitTier.Brigade)];
        var read = LeagueBasis.Read(Basis(new LeagueUnit("DG", "东关派出所", UnitTier.Brigade, null, null, tiers)).Write())!.Units.Single();
        Assert.Equal(tiers, read.Tiers!);
        var with = new Reckoning([ScoringPolicy.V1], [read], DateTimeOffset.UnixEpoch);
        Assert.Single(with.UnitsOf(new(2026, 10), LeagueTier.Station));
        Assert.Empty(with.UnitsOf(new(2026, 11), LeagueTier.Station));
        Assert.Single(with.UnitsOf(new(2026, 11), LeagueTier.Brigade));
        Assert.Equal(tiers, with.WithUnits([read with { Name = "旧名" }]).Units.Single().Tiers!);
    }
}
