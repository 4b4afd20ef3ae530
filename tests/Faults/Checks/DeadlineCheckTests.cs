namespace Hotline.Faults;

/// <summary>The deadline checker sees each way in which an alarm can go wrong.</summary>
public sealed class DeadlineCheckTests
{
    private static readonly Due Promise = new("T-1", 1_000);

    [Theory]
    [InlineData(1_000)]
    [InlineData(16_000)]
    public void OneCardInTime_HasNoFinding(long at) => Assert.Empty(Run(new Fired("T-1", 1_000, at)));

    [Fact]
    public void NoCard_IsMissed() => Assert.Equal("missed", Assert.Single(Run()).Kind);

    [Fact]
    public void TwoCards_AreDouble() => Assert.Equal("double", Assert.Single(Run(new Fired("T-1", 1_000, 1_200), new Fired("T-1", 1_000, 3_000))).Kind);

    [Fact]
    public void CardBeforeItsDue_IsEarly() => Assert.Equal("early", Assert.Single(Run(new Fired("T-1", 1_000, 999))).Kind);

    [Fact]
    public void CardAfterTheAllowedTime_IsLate() => Assert.Equal("late", Assert.Single(Run(new Fired("T-1", 1_000, 16_001))).Kind);

    [Fact]
    public void CardForAnotherDue_LeavesThisOneMissed() => Assert.Equal(["missed", "ghost"], Run(new Fired("T-1", 2_000, 2_000)).Select(f => f.Kind));

    private static IReadOnlyList<Finding> Run(params Fired[] fired) => DeadlineCheck.Run([Promise], fired, TimeSpan.FromSeconds(15));
}
