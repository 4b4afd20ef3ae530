using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hotline.Shared;

/// <summary>季度 of the business zone, written <c>2026-Q3</c>.</summary>
/// <param name="Year">1–9998.</param>
/// <param name="Number">1–4.</param>
[GenerateSerializer, Immutable, Alias("hotline.Quarter")]
[JsonConverter(typeof(QuarterConverter))]
public readonly record struct Quarter(int Year, int Number) : IComparable<Quarter>
{
    /// <summary>The quarter in which a month lies.</summary>
    public static Quarter Of(Month month) => new(month.Year, ((month.Number - 1) / 3) + 1);

    /// <summary>Reads <c>yyyy-Qn</c>; anything else is null.</summary>
    public static Quarter? Parse(string? text) =>
        text is { Length: 7 } && text[4] == '-' && text[5] == 'Q' && text[6] is >= '1' and <= '4'
        && int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1 and <= 9998
            ? new Quarter(year, text[6] - '0')
            : null;

    [JsonIgnore]
    public Month First => new(Year, (Number * 3) - 2);

    [JsonIgnore]
    public Month Last => new(Year, Number * 3);

    [JsonIgnore]
    public IReadOnlyList<Month> Months => [First, First.Next, Last];

    [JsonIgnore]
    public Quarter Next => Number == 4 ? new(Year + 1, 1) : new(Year, Number + 1);

    public int CompareTo(Quarter other) => (Year, Number).CompareTo((other.Year, other.Number));

    public static bool operator <(Quarter a, Quarter b) => a.CompareTo(b) < 0;

    public static bool operator >(Quarter a, Quarter b) => a.CompareTo(b) > 0;

    public static bool operator <=(Quarter a, Quarter b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Quarter a, Quarter b) => a.CompareTo(b) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-Q{Number}");

    private sealed class QuarterConverter : JsonConverter<Quarter>
    {
        public override Quarter Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString()) ?? throw new JsonException("A quarter is written yyyy-Qn.");

        public override void Write(Utf8JsonWriter writer, Quarter value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
