using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hotline.Shared;

/// <summary>A calendar month of the business zone (Asia/Shanghai), written <c>2026-10</c>.</summary>
/// <param name="Key">Year × 100 + month, as stored in columns: 202610.</param>
[GenerateSerializer, Immutable, Alias("hotline.Month")]
[JsonConverter(typeof(MonthConverter))]
public readonly record struct Month(int Key) : IComparable<Month>
{
    public Month(int year, int number) : this((year * 100) + number) { }

    public int Year => Key / 100;

    public int Number => Key % 100;

    public Month Next => Number == 12 ? new(Year + 1, 1) : new(Key + 1);

    public Month Previous => Number == 1 ? new(Year - 1, 12) : new(Key - 1);

    public DateOnly FirstDay => new(Year, Number, 1);

    public DateOnly LastDay => FirstDay.AddMonths(1).AddDays(-1);

    /// <summary>Whether any day of the month lies from <paramref name="from"/> to <paramref name="to"/>, both included; null is without bound.</summary>
    public bool HasDayWithin(DateOnly? from, DateOnly? to) => (from is null || from <= LastDay) && (to is null || to >= FirstDay);

    public static Month Of(DateOnly day) => new(day.Year, day.Month);

    /// <summary>Reads <c>yyyy-MM</c>, years 0001–9998; anything else is null.</summary>
    public static Month? Parse(string? text) =>
        text is { Length: 7 } && text[4] == '-'
        && int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
        && int.TryParse(text.AsSpan(5, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && year is >= 1 and <= 9998 && number is >= 1 and <= 12
            ? new Month(year, number)
            : null;

    public int CompareTo(Month other) => Key.CompareTo(other.Key);

    public static bool operator <(Month a, Month b) => a.Key < b.Key;

    public static bool operator >(Month a, Month b) => a.Key > b.Key;

    public static bool operator <=(Month a, Month b) => a.Key <= b.Key;

    public static bool operator >=(Month a, Month b) => a.Key >= b.Key;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Number:00}");

    private sealed class MonthConverter : JsonConverter<Month>
    {
        public override Month Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Month.Parse(reader.GetString()) ?? throw new JsonException("A month is written yyyy-MM.");

        public override void Write(Utf8JsonWriter writer, Month value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
