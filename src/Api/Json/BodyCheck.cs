using Hotline.Shared;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Hotline.Api;

/// <summary>Reads a JSON body against the shape of the request type and names every mistake with its place, before anything is bound.
/// Refuses what .NET would let pass: unknown, duplicate and missing members, control characters, instants without offset.</summary>
internal sealed class BodyCheck
{
    private const int MostErrors = 20;

    private readonly List<FieldError> errors = [];
    private readonly List<string> path = [];

    /// <summary>The mistakes in the body, none when it may be bound.</summary>
    public static IReadOnlyList<FieldError> Check(ReadOnlySpan<byte> body, Type type)
    {
        if (!Utf8.IsValid(body))
        {
            return [new("", "encoding.invalid", "请求内容不是有效的 UTF-8 文字。")];
        }
        var check = new BodyCheck();
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = ApiJson.DeepestBody + 1 });
            reader.Read();
            if (Shape.Of(type).Kind == ShapeKind.Object && reader.TokenType != JsonTokenType.StartObject)
            {
                return [new("", "json.malformed", "请求内容必须是一个 JSON 对象。")];
            }
            check.Value(ref reader, Shape.Of(type), null);
            reader.Read();
        }
        catch (TooDeep)
        {
            return [new("", "json.too-deep", $"JSON 嵌套过深，最多 {ApiJson.DeepestBody} 层。")];
        }
        catch (JsonException)
        {
            return [new("", "json.malformed", "请求内容不是有效的 JSON。")];
        }
        catch (InvalidOperationException)
        {
            // The reader's word for a lone surrogate in an escape.
            return [new("", "encoding.invalid", "文字中含有不成对的代理字符。")];
        }
        return check.errors;
    }

    private void Value(ref Utf8JsonReader reader, Shape shape, Member? member)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= ApiJson.DeepestBody)
        {
            throw new TooDeep();
        }
        if (reader.TokenType == JsonTokenType.Null && shape.Kind != ShapeKind.Any)
        {
            if (member is null or { Nullable: false })
            {
                Add("validation.required", "必填，不能为空。");
            }
            return;
        }
        switch (shape.Kind)
        {
            case ShapeKind.Object or ShapeKind.Map when reader.TokenType == JsonTokenType.StartObject:
            case ShapeKind.Any when reader.TokenType == JsonTokenType.StartObject:
                Object(ref reader, shape);
                break;
            case ShapeKind.List or ShapeKind.Any when reader.TokenType == JsonTokenType.StartArray:
                List(ref reader, shape, member);
                break;
            case ShapeKind.Any:
                if (reader.TokenType == JsonTokenType.String)
                {
                    Report(AnyText.Check(reader.GetString()!));
                }
                break;
            default:
                Report(ScalarCheck.Check(ref reader, shape, member));
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    Value(ref reader, Anything, null);
                }
                break;
        }
    }

    private void Object(ref Utf8JsonReader reader, Shape shape)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            var member = shape.Members.GetValueOrDefault(name);
            var unknown = member is null && shape.Kind == ShapeKind.Object;
            reader.Read();
            path.Add(unknown && !IsPlain(name) ? "" : name);
            if (!seen.Add(name))
            {
                Add("json.duplicate-key", "字段重复出现。");
            }
            else if (unknown)
            {
                Add("json.unknown-field", "接口中没有这个字段。");
            }
            else if (AnyText.Check(name) is { } fault)
            {
                Report(fault);
            }
            Value(ref reader, member?.Shape ?? (shape.Item is { } item ? Shape.Of(item) : Anything), member);
            path.RemoveAt(path.Count - 1);
        }
        foreach (var missing in shape.Members.Values.Where(m => m.Required && !seen.Contains(m.Name)).OrderBy(m => m.Position))
        {
            path.Add(missing.Name);
            Add("validation.required", "缺少必填字段。");
            path.RemoveAt(path.Count - 1);
        }
    }

    private void List(ref Utf8JsonReader reader, Shape shape, Member? member)
    {
        var itemShape = shape.Item is { } item ? Shape.Of(item) : Anything;
        var itemMember = member is null ? null : member with { Nullable = false };
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            path.Add(index.ToString(CultureInfo.InvariantCulture));
            Value(ref reader, itemShape, itemMember);
            path.RemoveAt(path.Count - 1);
        }
    }

    private void Report(TextFault? fault)
    {
        if (fault is { } f)
        {
            Add(f.Code, f.Message);
        }
    }

    private void Add(string code, string message)
    {
        if (errors.Count < MostErrors)
        {
            errors.Add(new(string.Concat(path.Select(p => "/" + p.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))), code, message));
        }
    }

    /// <summary>A name that may be repeated in an answer.</summary>
    public static bool IsPlain(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '-');

    private static Shape Anything { get; } = Shape.Of(typeof(JsonElement));

    private static ProseAttribute AnyText { get; } = new(Limits.Content);

    private sealed class TooDeep : Exception;
}
