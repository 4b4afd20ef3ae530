using System.Text.Json.Serialization;

namespace Hotline.WorkCalendar;

/// <summary>The calendar's record: its changes in order; the calendar in force follows from them.</summary>
internal sealed class CalendarState
{
    [JsonPropertyName("schema")]
    public int Schema { get; init; } = 1;

    [JsonPropertyName("edits")]
    public IReadOnlyList<CalendarEdit> Edits { get; init; } = Array.Empty<CalendarEdit>();
}
