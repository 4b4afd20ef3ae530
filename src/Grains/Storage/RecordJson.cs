using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Orleans.Storage;

namespace Hotline.Storage;

/// <summary>How every stored JSON looks: camelCase names, enums as codes (by their own converters), Chinese readable, no CLR type names, so that
/// records can be renamed and moved.</summary>
internal static class StoredJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Reads what carries a <c>schema</c> number. Looked at first: a later version's shape is refused as a whole, never read as far as it fits.</summary>
    /// <exception cref="NewerSchemaException">The number is above <paramref name="newest"/>.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonSerializerOptions options, int newest)
    {
        var schema = SchemaOf(json);
        return schema <= newest ? JsonSerializer.Deserialize<T>(json, options)!
            : throw new NewerSchemaException($"Stored JSON with schema {schema} was written by a later version of this system; this one knows {newest}.");
    }

    private static int SchemaOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
            {
                var found = reader.ValueTextEquals("schema");
                reader.Read();
                if (found)
                {
                    return reader.GetInt32();
                }
                reader.Skip();
            }
        }
        return 0;
    }
}

/// <summary>Grains' records as <c>{"schema":1,"record":{…}}</c>.</summary>
internal sealed class RecordJson : IGrainStorageSerializer
{
    private const int Schema = 1;

    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(new Stored<T>(Schema, input!), StoredJson.Options));

    public T Deserialize<T>(BinaryData input) => StoredJson.Read<Stored<T>>(input, StoredJson.Options, Schema).Record;

    private sealed record Stored<T>(int Schema, T Record);
}
