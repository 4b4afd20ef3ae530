using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Hotline.Shared;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Hotline.Api;

/// <summary>Makes the document's schemas say what <see cref="BodyCheck"/> checks: required members, lengths, ranges, closed lists with their Chinese words.</summary>
internal sealed class SchemaRules : ISchemaFilter
{
    private static readonly Lazy<Dictionary<string, string>> Summaries = new(ReadSummaries);

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema concrete)
        {
            return;
        }
        var type = Nullable.GetUnderlyingType(context.Type) ?? context.Type;
        concrete.Description = context.MemberInfo is null && context.ParameterInfo is null ? Readable(concrete.Description, type.Name) : concrete.Description;
        if (type.IsEnum)
        {
            Describe(concrete, type);
        }
        else if (concrete.Properties is { Count: > 0 } && Shape.Of(type) is { Kind: ShapeKind.Object } shape)
        {
            Describe(concrete, shape);
        }
    }

    /// <summary>The documentation where people can read it, else the word for the name: contracts of the grains are documented in English.</summary>
    private static string? Readable(string? description, string name) =>
        description is not null && description.Any(c => c is >= '\u4E00' and <= '\u9FFF') ? description : MemberWords.Of(name) ?? description;

    private static void Describe(OpenApiSchema schema, Type codes)
    {
        var names = Shape.Of(codes).Names;
        schema.Type = JsonSchemaType.String;
        schema.Format = null;
        schema.Properties = null;
        schema.Enum = names.Select(n => (JsonNode)JsonValue.Create(n)!).ToList();
        var words = Enum.GetNames(codes).Zip(names, (member, code) => Word(codes, member) is { } word ? $"`{code}` {word}" : $"`{code}`");
        schema.Description = string.Join("，", words);
    }

    private static void Describe(OpenApiSchema schema, Shape shape)
    {
        schema.AdditionalPropertiesAllowed = false;
        schema.Required = shape.Members.Values.Where(m => m.Required).OrderBy(m => m.Position).Select(m => m.Name).ToHashSet();
        foreach (var (name, property) in schema.Properties!)
        {
            property.Description = Readable(property.Description, name);
            if (!shape.Members.TryGetValue(name, out var member) || property is not OpenApiSchema concrete)
            {
                continue;
            }
            var text = member.Shape.Kind == ShapeKind.List ? concrete.Items as OpenApiSchema : concrete;
            if (member.IsInput && text is not null && text.Type?.HasFlag(JsonSchemaType.String) == true && text.Format is null && text.Enum is null or { Count: 0 })
            {
                text.MaxLength = member.Text.Longest;
            }
            if (member.Range is { } range)
            {
                concrete.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
                concrete.Maximum = Convert.ToString(range.Maximum, CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>The Chinese word that opens the member's documentation, up to a colon or blank.</summary>
    public static string? Word(Type type, string member) =>
        Summaries.Value.GetValueOrDefault($"F:{type.FullName}.{member}") is { } summary && summary.Split([':', '：', ' ', '.', ',', '('], 2)[0] is { Length: > 0 } word && word[0] > 0x2E80
            ? word
            : MemberWords.Of($"{type.Name}.{member}");

    private static Dictionary<string, string> ReadSummaries()
    {
        var file = Path.ChangeExtension(typeof(Rejection).Assembly.Location, ".xml");
        return XDocument.Load(file).Descendants("member").Where(m => m.Element("summary") is not null)
            .ToDictionary(m => m.Attribute("name")!.Value, m => m.Element("summary")!.Value.Trim());
    }
}
