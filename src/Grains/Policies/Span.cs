using System.Text.Json.Serialization;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Policies;

/// <summary>What a span of a deadline is counted in.</summary>
[JsonConverter(typeof(CodeEnumConverter<SpanUnit>))]
public enum SpanUnit
{
    /// <summary>工作日: until the end of work of the Nth working day after the start day.</summary>
    WorkingDays = 1,
    /// <summary>工作小时: runs only inside working hours.</summary>
    WorkingHours = 2,
    /// <summary>自然时间: minutes on the wall, night and holidays too.</summary>
    Minutes = 3,
    /// <summary>当日: until 24:00 of the start's day.</summary>
    SameDay = 4,
}

/// <summary>How long a clock runs (时限), e.g. <c>{"unit":"workingDays","amount":5}</c>.</summary>
/// <param name="Unit">计量单位：workingDays 工作日，workingHours 工作小时，minutes 自然分钟，sameDay 当日</param>
/// <param name="Amount">数量；sameDay 为 0</param>
[GenerateSerializer, Immutable, Alias("hotline.Span")]
public sealed record Span(SpanUnit Unit, int Amount)
{
    public static Span WorkingDays(int days) => new(SpanUnit.WorkingDays, days);

    public static Span WorkingHours(int hours) => new(SpanUnit.WorkingHours, hours);

    public static Span Minutes(int minutes) => new(SpanUnit.Minutes, minutes);

    public static Span SameDay { get; } = new(SpanUnit.SameDay, 0);

    /// <summary>When a clock that starts now is due.</summary>
    public Due After(DateTimeOffset start, WorkingCalendar calendar) => Unit switch
    {
        SpanUnit.WorkingDays => calendar.AfterWorkingDays(start, Amount),
        SpanUnit.WorkingHours => calendar.AfterWorkingHours(start, TimeSpan.FromHours(Amount)),
        SpanUnit.Minutes => new Due(start.ToUniversalTime().AddMinutes(Amount), Complete: true),
        SpanUnit.SameDay => new Due(calendar.EndOfDay(ShanghaiTime.DateOf(start)), Complete: true),
        _ => throw new InvalidOperationException($"A span cannot be counted in {Unit}."),
    };
}
