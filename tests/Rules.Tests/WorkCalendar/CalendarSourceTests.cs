using System.Reflection;
using Hotline.Shared;

namespace Hotline.WorkCalendar;

public sealed class CalendarSourceTests
{
    private readonly FakeCalendarGrain _grain = new();
    private readonly SteppedTime _time = new();

    private CalendarSource Source() => new(FactoryOf(_grain), _time);

    [Fact]
    public async Task Refresh_AsksTheGrainOnceASecond()
    {
        var source = Source();
        Assert.Same(WorkingCalendar.Shipped, source.Current);
        Assert.Equal("2026.1.1", (await source.Refresh()).Version);
        _grain.Version = "2026.1.2";

        _time.Step(TimeSpan.FromMilliseconds(999));
        Assert.Equal("2026.1.1", (await source.Refresh()).Version);
        Assert.Equal(1, _grain.Asked);

        _time.Step(TimeSpan.FromMilliseconds(1));
        Assert.Equal("2026.1.2", (await source.Refresh()).Version);
        Assert.Equal(("2026.1.2", 2), (source.Current.Version, _grain.Asked));
    }

    [Fact]
    public async Task RefreshNow_DoesNotWaitForTheSecond()
    {
        var source = Source();
        await source.Refresh();
        _grain.Version = "2026.1.2";

        Assert.Equal("2026.1.2", (await source.RefreshNow()).Version);
        Assert.Equal("2026.1.2", (await source.Refresh()).Version);
    }

    [Fact]
    public async Task UnchangedVersion_KeepsTheSameCalendar()
    {
        var source = Source();
        var first = await source.Refresh();
        _time.Step(TimeSpan.FromSeconds(1));
        Assert.Same(first, await source.Refresh());
    }

    [Fact]
    public async Task GrainOutOfReach_LeavesTheLastCopyInService_ButNoneIsInvented()
    {
        _grain.Fault = new TimeoutException();
        var source = Source();
        await Assert.ThrowsAsync<TimeoutException>(() => source.Refresh().AsTask());

        _grain.Fault = null;
        _time.Step(TimeSpan.FromSeconds(1));
        var first = await source.Refresh();

        _grain.Fault = new TimeoutException();
        _time.Step(TimeSpan.FromSeconds(1));
        Assert.Same(first, await source.Refresh());
        Assert.Same(first, await source.Refresh());
        Assert.Equal(3, _grain.Asked);
    }

    [Fact]
    public async Task AnswerThatWasOvertaken_IsDropped()
    {
        var source = Source();
        var slow = _grain.Hold();
        var first = source.Refresh().AsTask();
        _grain.Version = "2026.1.2";
        await source.RefreshNow();

        slow.SetResult(FakeCalendarGrain.SnapshotOf("2026.1.1"));
        Assert.Equal("2026.1.2", (await first).Version);
        Assert.Equal("2026.1.2", source.Current.Version);
    }

    [Fact]
    public async Task HangingCall_DelaysNobodyWhoHasACopy()
    {
        var source = Source();
        var copy = await source.Refresh();
        _time.Step(TimeSpan.FromSeconds(1));
        var hanging = _grain.Hold();
        var waiting = source.Refresh().AsTask();
        _time.Step(TimeSpan.FromSeconds(1));

        var later = source.Refresh().AsTask();
        Assert.True(later.IsCompleted);
        Assert.Same(copy, await later);
        Assert.Same(copy, await waiting);
        hanging.SetCanceled();
    }

    private static IGrainFactory FactoryOf(ICalendarGrain grain)
    {
        var factory = DispatchProxy.Create<IGrainFactory, OneGrain>();
        ((OneGrain)(object)factory).Grain = grain;
        return factory;
    }

    /// <summary>A grain factory that knows one grain.</summary>
    public class OneGrain : DispatchProxy
    {
        internal ICalendarGrain? Grain { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Grain;
    }

    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Step(TimeSpan span) => _ticks += span.Ticks;
    }

    private sealed class FakeCalendarGrain : ICalendarGrain
    {
        private TaskCompletionSource<CalendarSnapshot>? _held;

        public string Version { get; set; } = "2026.1.1";

        public Exception? Fault { get; set; }

        public int Asked { get; private set; }

        public static CalendarSnapshot SnapshotOf(string version) => new(version, [], WorkingHours.Default);

        public TaskCompletionSource<CalendarSnapshot> Hold() => _held = new();

        public Task<CalendarSnapshot> Get()
        {
            Asked++;
            var held = _held;
            _held = null;
            return held?.Task ?? (Fault is null ? Task.FromResult(SnapshotOf(Version)) : Task.FromException<CalendarSnapshot>(Fault));
        }

        public Task<IReadOnlyList<CalendarEdit>> History() => throw new NotSupportedException();

        public Task<Result<CalendarChange>> PutYear(HolidayYear year, string? expectedVersion, string reason, CallContext call) =>
            throw new NotSupportedException();

        public Task<Result<CalendarChange>> PutHours(WorkingHours hours, string? expectedVersion, string reason, CallContext call) =>
            throw new NotSupportedException();
    }
}
