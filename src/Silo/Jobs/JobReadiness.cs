using Hotline.Api;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Silo;

/// <summary>What a silo's loops say of themselves.</summary>
/// <param name="Skew">The code of a skewed clock, or null.</param>
/// <param name="IsStoreDead">No batch of tickets gets through any more.</param>
/// <param name="IsAway">The database has not answered for five seconds.</param>
/// <param name="SinceRead">How long ago the sweep last read what is due.</param>
/// <param name="SinceRound">How long ago it had asked every due ticket.</param>
/// <param name="SinceBeat">How long ago the clocks were last compared.</param>
internal sealed record Vitals(string? Skew, bool IsStoreDead, bool IsAway, TimeSpan SinceRead, TimeSpan SinceRound, TimeSpan SinceBeat);

/// <summary>Not ready while the clock is skewed, the database away, or a loop has not come round for long: nothing dies in silence.</summary>
internal sealed class JobReadiness(AlarmSweep sweep, Pulse pulse, ClockGuard guard, TicketStore store) : IReadiness
{
    private static readonly TimeSpan Dead = TimeSpan.FromSeconds(30);

    /// <summary>Ten thousand alarms that come due at once take half of this.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(60);

    public ValueTask<string?> WhyNot(CancellationToken cancellation) =>
        ValueTask.FromResult(Of(new(guard.Refusal?.Code, store.IsDead, store.IsAway, sweep.SinceRead, sweep.SinceRound, pulse.SinceBeat)));

    internal static string? Of(Vitals vitals) => vitals switch
    {
        { Skew: { } code } => code,
        { IsStoreDead: true } => "store.stalled",
        { IsAway: true } => "storage.unavailable",
        _ when vitals.SinceRead > Dead => "sweep.stalled",
        _ when vitals.SinceRound > Behind => "sweep.behind",
        _ when vitals.SinceBeat > Dead => "pulse.stalled",
        _ => null,
    };
}
