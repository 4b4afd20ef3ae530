using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Api;

/// <summary>Instants in requests: RFC 3339 with an offset, 1970 to 2199.</summary>
internal static class InstantText
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>Reads an instant; answers what is wrong, or null.</summary>
    public static TextFault? Read(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null || !DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant))
        {
            return LacksOffset(text)
                ? new("date.offset-required", "时间必须带时区偏移，例如 2026-10-09T17:30:00+08:00（网址中的加号写作 %2B）。")
                : new("date.invalid", "时间无效，应写作 2026-10-09T17:30:00+08:00。");
        }
        if (instant.UtcDateTime.Year is < 1970 or > 2199)
        {
            return new("date.out-of-range", "时间超出允许的范围（1970 年至 2199 年）。");
        }
        instant = instant.ToUniversalTime();
        return null;
    }

    private static bool LacksOffset(string? text) =>
        DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"],
            CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}

/// <summary>Refuses an instant without offset; writes Shanghai time.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        InstantText.Read(reader.GetString(), out var instant) is null ? instant : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(ShanghaiTime.Text(value));
}
