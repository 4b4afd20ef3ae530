using System.Globalization;
using System.Text.Json;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>Checks one value that is neither an object nor a list.</summary>
internal static class ScalarCheck
{
    private static readonly TextFault WrongType = new("validation.type", "类型不对。");

    /// <summary>What is wrong with the value the reader stands on, or null.</summary>
    public static TextFault? Check(ref Utf8JsonReader reader, Shape shape, Member? member) => shape.Kind switch
    {
        ShapeKind.Flag => reader.TokenType is JsonTokenType.True or JsonTokenType.False ? null : WrongType,
        ShapeKind.Integer or ShapeKind.Number => reader.TokenType == JsonTokenType.Number ? Number(ref reader, shape, member) : WrongType,
        ShapeKind.Object or ShapeKind.List or ShapeKind.Map => WrongType,
        _ => reader.TokenType == JsonTokenType.String ? Text(reader.GetString()!, shape, member) : WrongType,
    };

    private static TextFault? Number(ref Utf8JsonReader reader, Shape shape, Member? member)
    {
        if (!reader.TryGetDecimal(out var value))
        {
            return new("validation.range", "数值超出允许的范围。");
        }
        if (shape.Kind == ShapeKind.Integer && value != decimal.Truncate(value))
        {
            return WrongType;
        }
        var (least, most) = shape switch
        {
            { Kind: ShapeKind.Number } => (decimal.MinValue, decimal.MaxValue),
            { Narrow: true } => (int.MinValue, int.MaxValue),
            _ => ((decimal)long.MinValue, long.MaxValue),
        };
        if (value < least || value > most || (member?.Range is { } range && !range.IsValid(Convert.ToDouble(value, CultureInfo.InvariantCulture))))
        {
            return new("validation.range", member?.Range is { } r ? $"数值应在 {r.Minimum} 与 {r.Maximum} 之间。" : "数值超出允许的范围。");
        }
        // 1.0 and 1e2 are whole numbers to people, not to the binder.
        return shape.Kind == ShapeKind.Integer && !reader.TryGetInt64(out _) ? WrongType : null;
    }

    private static TextFault? Text(string text, Shape shape, Member? member) => shape.Kind switch
    {
        ShapeKind.Text => (member?.Text ?? LineAttribute.Unnamed).Check(text)
            ?? (member is { Required: true } && string.IsNullOrWhiteSpace(text) ? new("validation.required", "必填，不能为空。") : null),
        ShapeKind.Instant => InstantText.Read(text, out _),
        ShapeKind.Day => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null
            : new("date.invalid", "日期无效，应写作 2026-10-09。"),
        ShapeKind.Month => Month.Parse(text) is null ? new("date.invalid", "月份无效，应写作 2026-10。") : null,
        ShapeKind.Code => shape.Names.Contains(text) ? null : new("validation.enum", "取值应为其中之一：" + string.Join("、", shape.Names) + "。"),
        _ => null,
    };
}
