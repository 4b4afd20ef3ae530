using System.Reflection;
using Hotline.Shared;

namespace Hotline.WorkCalendar;

public sealed class CalendarSourceTests
{
    private readonly FakeCalendarGrain _grain = new();
    private readonly CalendarSource _source;

    public CalendarSourceTests()
    {
        var factory = DispatchProxy.Create<IGrainFactory, OneGrain>();
        ((OneGrain)(object)factory).Grain = _grain;
        _source = new(factory);
    }

    [Fact]
    public async Task Current_IsTheShippedYears_UntilThereIsACopy()
    {
        Assert.Same(WorkingCalendar.Shipped, _source.Current);
        Assert.Equal("2026.1.1", (await _source.Refresh()).Version);
        Assert.Equal("2026.1.1", _source.Current.Version);
    }

    [Fact]
    public async Task Newest_IsTheCalendarInForce_ForWhoeverAsksAfterwardsToo()
    {
        await _source.Refresh();
        _grain.Version = "2026.1.2";

        Assert.Equal("2026.1.2", (await _source.Newest()).Value.Version);
        Assert.Equal("2026.1.2", (await _source.Refresh()).Version);
    }

    [Fact]
    public async Task UnchangedVersion_KeepsTheSameCalendar() => Assert.Same(await _source.Refresh(), (await _source.Newest()).Value);

    [Fact]
    public async Task GrainOutOfReach_LeavesTheLastCopy_ButNoneIsInvented()
    {
        _grain.Fault = new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(() => _source.Refresh().AsTask());

        _grain.Fault = null;
        var copy = await _source.Refresh();
        _grain.Fault = new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(_source.Newest);
        Assert.Same(copy, _source.Current);
    }

    /// <summary>A grain factory that knows one grain.</summary>
    public class OneGrain : DispatchProxy
    {
        internal ICalendarGrain? Grain { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Grain;
    }

    private sealed class FakeCalendarGrain : ICalendarGrain
    {
        public string Version { get; set; } = "2026.1.1";

        public Exception? Fault { get; set; }

        public Task<CalendarSnapshot> Get() =>
            Fault is null ? Task.FromResult(new CalendarSnapshot(Version, [], WorkingHours.Default)) : Task.FromException<CalendarSnapshot>(Fault);

        public Task<IReadOnlyList<CalendarEdit>> History() => throw new NotSupportedException();

        public Task<Result<CalendarChange>> PutYear(HolidayYear year, string? expectedVersion, string reason, CallContext call) =>
            throw new NotSupportedException();

        public Task<Result<CalendarChange>> PutHours(WorkingHours hours, string? expectedVersion, string reason, CallContext call) =>
            throw new NotSupportedException();
    }
}
