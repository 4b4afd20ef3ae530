using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>What kind of JSON value a type takes.</summary>
internal enum ShapeKind
{
    Any,
    Object,
    List,
    Map,
    Text,
    Integer,
    Number,
    Flag,
    Instant,
    Day,
    Month,
    Code,
}

/// <summary>One member of a request body. Required: not nullable and without a default value.</summary>
/// <param name="IsInput">Declares a rule for its text, as request bodies do.</param>
internal sealed record Member(string Name, int Position, Type Type, bool Required, bool Nullable, TextRuleAttribute Text, RangeAttribute? Range, bool IsInput)
{
    public Shape Shape => Shape.Of(Type);
}

/// <summary>The shape of a request type, read from the serializer's own contract, so that check and document cannot differ from what is bound.</summary>
internal sealed class Shape
{
    private static readonly ConcurrentDictionary<Type, Shape> Known = new();

    private Shape(Type type)
    {
        var info = ApiJson.Options.GetTypeInfo(type);
        Kind = KindOf(type, info);
        Item = Kind is ShapeKind.List or ShapeKind.Map ? info.ElementType : null;
        Members = Kind == ShapeKind.Object ? info.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null).Select(ToMember).ToFrozenDictionary(m => m.Name) : Members;
        Names = Kind == ShapeKind.Code ? Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName).ToArray() : Names;
        Narrow = type == typeof(int);
    }

    public ShapeKind Kind { get; }

    public Type? Item { get; }

    public FrozenDictionary<string, Member> Members { get; } = FrozenDictionary<string, Member>.Empty;

    /// <summary>The codes of a closed list.</summary>
    public IReadOnlyList<string> Names { get; } = [];

    /// <summary>Integers of 32 bits.</summary>
    public bool Narrow { get; }

    public static Shape Of(Type type) => Known.GetOrAdd(Nullable.GetUnderlyingType(type) ?? type, t => new Shape(t));

    private static ShapeKind KindOf(Type type, JsonTypeInfo info) => type switch
    {
        _ when type == typeof(string) || type == typeof(Quarter) => ShapeKind.Text,
        _ when type == typeof(int) || type == typeof(long) => ShapeKind.Integer,
        _ when type == typeof(decimal) || type == typeof(double) => ShapeKind.Number,
        _ when type == typeof(bool) => ShapeKind.Flag,
        _ when type == typeof(DateTimeOffset) => ShapeKind.Instant,
        _ when type == typeof(DateOnly) => ShapeKind.Day,
        _ when type == typeof(Month) => ShapeKind.Month,
        { IsEnum: true } => ShapeKind.Code,
        _ => info.Kind switch
        {
            JsonTypeInfoKind.Object => ShapeKind.Object,
            JsonTypeInfoKind.Enumerable => ShapeKind.List,
            JsonTypeInfoKind.Dictionary => ShapeKind.Map,
            _ => ShapeKind.Any,
        },
    };

    private static Member ToMember(JsonPropertyInfo property, int position)
    {
        var parameter = property.AssociatedParameter;
        var nullable = parameter?.IsNullable ?? property.IsSetNullable;
        var optional = parameter is not null ? parameter.HasDefaultValue : !property.IsRequired;
        return new(property.Name, position, property.PropertyType, !nullable && !optional, nullable,
            Attribute<TextRuleAttribute>(property) ?? LineAttribute.Unnamed, Attribute<RangeAttribute>(property), Attribute<TextRuleAttribute>(property) is not null);
    }

    private static T? Attribute<T>(JsonPropertyInfo property) where T : Attribute =>
        (property.AssociatedParameter?.AttributeProvider ?? property.AttributeProvider)?.GetCustomAttributes(typeof(T), true).OfType<T>().FirstOrDefault()
        ?? property.AttributeProvider?.GetCustomAttributes(typeof(T), true).OfType<T>().FirstOrDefault();
}
