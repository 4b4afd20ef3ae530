using Hotline.Api;
using Hotline.Shared;

namespace Hotline.Silo;

/// <summary>Not ready while the clock is skewed, or when a loop has not come round for 30 seconds: nothing dies in silence.</summary>
internal sealed class JobReadiness(AlarmSweep sweep, Pulse pulse, ClockGuard guard) : IReadiness
{
    private static readonly TimeSpan Dead = TimeSpan.FromSeconds(30);

    public ValueTask<string?> WhyNot(CancellationToken cancellation) => ValueTask.FromResult(
        guard.Refusal?.Code ?? (sweep.SinceRead > Dead ? "sweep.stalled" : pulse.SinceBeat > Dead ? "pulse.stalled" : null));
}
