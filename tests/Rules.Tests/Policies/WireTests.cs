using System.Text.Json;
using Hotline.Shared;
using Hotline.WorkCalendar;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Hotline.Policies;

/// <summary>Calendar and deadline records survive Orleans' wire format and JSON.</summary>
public sealed class WireTests
{
    private static readonly Serializer Wire =
        new ServiceCollection().AddSerializer(b => b.AddAssembly(typeof(Promise).Assembly)).BuildServiceProvider().GetRequiredService<Serializer>();

    private static readonly DateTimeOffset Start = new(2026, 10, 15, 2, 0, 0, TimeSpan.Zero);
    private static readonly HolidayYear Year = new(2027, "通知", [new DateOnly(2027, 1, 1)], [new DateOnly(2026, 12, 26)]);

    [Fact]
    public void Promise_GoesOverTheWireAndBack()
    {
        var terms = new PromiseTerms(Clock.Reply, Nature.Complaint, Urgency.Ordinary, UnitTier.Station, Start, Start.AddDays(30));
        var promise = DeadlineRules.For(terms, WorkingCalendar.Shipped, DeadlinePolicy.V1)!;
        var open = new OpenPromise("T-A", promise, terms, WasExtended: true);

        Assert.Equal(open, OverTheWire(open));
        Assert.Equal(open, InJson(open));
        Assert.Equal(new PromiseMove("T-A", promise, promise with { Compressed = true }), OverTheWire(new PromiseMove("T-A", promise, promise with { Compressed = true })));
    }

    [Fact]
    public void Policy_GoesOverTheWireAndBack()
    {
        var back = OverTheWire(DeadlinePolicy.V1);
        Assert.Equal(DeadlinePolicy.V1.Rows, back.Rows);
        Assert.Equal(DeadlinePolicy.V1, back with { Rows = DeadlinePolicy.V1.Rows });
    }

    [Fact]
    public void CalendarRecords_GoOverTheWireAndBack()
    {
        var edit = new CalendarEdit("2026.1.1", Year, WorkingHours.Default, "a", Start, "通知");
        var snapshot = CalendarRules.SnapshotOf([edit]);
        var state = new CalendarState { Edits = [edit] };

        foreach (var back in new[] { OverTheWire(edit), InJson(edit), Assert.Single(InJson(state).Edits) })
        {
            Assert.True(CalendarRules.AreSame(Year, back.Year!));
            Assert.Equal(WorkingHours.Default.Intervals, back.Hours!.Intervals);
            Assert.Equal((edit.Version, edit.Actor, edit.At, edit.Reason), (back.Version, back.Actor, back.At, back.Reason));
        }
        Assert.Equal("2026.1.1", OverTheWire(snapshot).Build().Version);
        Assert.Equal(new Due(Start, true), OverTheWire(new Due(Start, true)));
        Assert.Equal([new DateOnly(2027, 1, 1)], OverTheWire(new CalendarChange("a", "b", new[] { new DateOnly(2027, 1, 1) })).ChangedDays);
    }

    private static T OverTheWire<T>(T value) => Wire.Deserialize<T>(Wire.SerializeToArray(value))!;

    private static T InJson<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;
}
