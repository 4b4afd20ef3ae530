using System.Text.Json.Nodes;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>Makes an example of a request or answer type from the words of its members, where the endpoint shows none of its own.</summary>
internal static class ExampleMaker
{
    private const int Deepest = 6;

    /// <summary>An example that the type's own check accepts.</summary>
    public static JsonNode? Of(Type type, int depth = 0)
    {
        var shape = Shape.Of(type);
        return shape.Kind switch
        {
            ShapeKind.Object when depth < Deepest => Object(type, shape, depth),
            ShapeKind.List => shape.Item is { } item && depth < Deepest && Of(item, depth + 1) is { } one ? new JsonArray(one) : new JsonArray(),
            ShapeKind.Text => "……",
            ShapeKind.Integer or ShapeKind.Number => 1,
            ShapeKind.Flag => false,
            ShapeKind.Instant => "2026-10-09T17:30:00+08:00",
            ShapeKind.Day => "2026-10-09",
            ShapeKind.Month => "2026-10",
            ShapeKind.Code => shape.Names[0],
            _ => type == typeof(Quarter) ? "2026-Q3" : new JsonObject(),
        };
    }

    private static JsonObject Object(Type type, Shape shape, int depth)
    {
        var example = new JsonObject();
        foreach (var member in shape.Members.Values.OrderBy(m => m.Position))
        {
            var known = MemberWords.TryExample($"{type.Name}.{member.Name}", out var word) || MemberWords.TryExample(member.Name, out word);
            example[member.Name] = Fits(word, member) ? word : known && member.Nullable ? null : Made(member, depth);
        }
        return example;
    }

    private static JsonNode? Made(Member member, int depth) =>
        member.Shape.Kind == ShapeKind.Text && MemberWords.Of(member.Name) is { } word ? $"（{word}）" : Of(member.Type, depth + 1);

    /// <summary>One name may stand for a text here and for a closed list there.</summary>
    private static bool Fits(JsonNode? word, Member member) => word is not null && member.Shape.Kind switch
    {
        ShapeKind.Code => word is JsonValue code && code.TryGetValue<string>(out var name) && member.Shape.Names.Contains(name),
        ShapeKind.List => word is JsonArray,
        ShapeKind.Object or ShapeKind.Map or ShapeKind.Any => word is JsonObject,
        ShapeKind.Flag => word.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        ShapeKind.Integer or ShapeKind.Number => word.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        _ => word.GetValueKind() == System.Text.Json.JsonValueKind.String,
    };
}
