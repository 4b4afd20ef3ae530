using System.Globalization;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>What to answer when a query parameter of this type cannot be read.</summary>
[AttributeUsage(AttributeTargets.Struct)]
internal sealed class ParameterFaultAttribute(string code, string message) : Attribute
{
    public string Code => code;

    public string Message => message;
}

/// <summary>An instant in the query: RFC 3339 with an offset.</summary>
internal readonly record struct InstantParameter(DateTimeOffset Instant)
{
    public static bool TryParse(string? text, out InstantParameter parameter)
    {
        var fault = Read(text, out var instant);
        parameter = new(instant);
        return fault is null;
    }

    /// <summary>As in bodies, but a blank may stand for the plus sign: that is how one arrives that was not percent-encoded.</summary>
    public static TextFault? Read(string? text, out DateTimeOffset instant) => InstantText.Read(text?.Replace(' ', '+'), out instant);
}

/// <summary>月份 in path or query: <c>2026-10</c>.</summary>
[ParameterFault("date.invalid", "月份应写作 2026-10。")]
internal readonly record struct MonthParameter(Month Month)
{
    public static bool TryParse(string? text, out MonthParameter parameter)
    {
        var month = Month.Parse(text);
        parameter = new(month ?? default);
        return month is not null;
    }
}

/// <summary>季度 in the path: <c>2026-Q3</c>.</summary>
[ParameterFault("date.invalid", "季度应写作 2026-Q3。")]
internal readonly record struct QuarterParameter(Quarter Quarter)
{
    public static bool TryParse(string? text, out QuarterParameter parameter)
    {
        var quarter = Quarter.Parse(text);
        parameter = new(quarter ?? default);
        return quarter is not null;
    }
}

/// <summary>年份 in the path: <c>2026</c>.</summary>
[ParameterFault("date.invalid", "年份应写作 2026。")]
internal readonly record struct YearParameter(int Year)
{
    public static bool TryParse(string? text, out YearParameter parameter)
    {
        var month = Month.Parse($"{text}-01");
        parameter = new(month?.Year ?? 0);
        return month is not null;
    }
}

/// <summary>How many rows a page of a list holds. Left out it is <see cref="Usual"/>.</summary>
[ParameterFault("validation.range", "每页条数应在 1 与 200 之间。")]
internal readonly record struct PageSize(int Rows)
{
    public const int Usual = 50;
    public const int Largest = 200;

    public static bool TryParse(string? text, out PageSize parameter)
    {
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows);
        parameter = new(rows);
        return isNumber && rows is >= 1 and <= Largest;
    }
}

/// <summary>A code of a closed list in path or query.</summary>
[ParameterFault("validation.enum", "取值不在允许的范围内。")]
internal readonly record struct CodeParameter<T>(T Value) where T : struct, Enum
{
    public static bool TryParse(string? text, out CodeParameter<T> parameter)
    {
        var value = Codes.Parse<T>(text);
        parameter = new(value ?? default);
        return value is not null;
    }
}
