using Hotline.Silo;

namespace Hotline.Api;

/// <summary>Which loop of a silo keeps it from being ready.</summary>
public sealed class JobReadinessTests
{
    [Theory]
    [InlineData("clock.skewed", "clock.skewed", false, false, 0, 0, 0)]
    [InlineData("store.stalled", null, true, false, 0, 0, 0)]
    [InlineData("storage.unavailable", null, false, true, 0, 0, 0)]
    [InlineData("sweep.stalled", null, false, false, 31, 0, 0)]
    [InlineData("sweep.behind", null, false, false, 0, 61, 0)]
    [InlineData("pulse.stalled", null, false, false, 0, 0, 31)]
    [InlineData(null, null, false, false, 29, 59, 29)]
    public void EachDeadLoop_IsNamed(string? reason, string? skew, bool dead, bool away, int read, int round, int beat) => Assert.Equal(reason,
        JobReadiness.Of(new(skew, dead, away, TimeSpan.FromSeconds(read), TimeSpan.FromSeconds(round), TimeSpan.FromSeconds(beat))));
}
