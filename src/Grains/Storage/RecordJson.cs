using System.Security.Cryptography;
using System.Text;
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

/// <summary>Grains' records as <c>{"schema":1,"hash":"…","record":{…}}</c>, the hash (SHA-256) over the record's bytes: an edited one is not taken for good.</summary>
internal sealed class RecordJson : IGrainStorageSerializer
{
    private const int Schema = 1;

    public BinaryData Serialize<T>(T? input)
    {
        var record = JsonSerializer.SerializeToUtf8Bytes(input, StoredJson.Options);
        return new([.. Encoding.UTF8.GetBytes($$"""{"schema":{{Schema}},"hash":"{{Hash(record)}}","record":"""), .. record, (byte)'}']);
    }

    /// <exception cref="NewerSchemaException">A later version wrote it.</exception>
    /// <exception cref="DamagedRecordException">It was edited.</exception>
    public T Deserialize<T>(BinaryData input)
    {
        var stored = StoredJson.Read<Stored>(input, StoredJson.Options, Schema);
        var record = Encoding.UTF8.GetBytes(stored.Record.GetRawText());
        return Hash(record) == stored.Hash ? JsonSerializer.Deserialize<T>(record, StoredJson.Options)! : throw new DamagedRecordException();
    }

    /// <summary>Whether stored bytes are those that were written.</summary>
    public static bool IsSound(byte[] stored)
    {
        try
        {
            new RecordJson().Deserialize<JsonElement>(new BinaryData(stored));
            return true;
        }
        catch (NewerSchemaException)
        {
            // Not this version's to judge.
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static string Hash(ReadOnlySpan<byte> record) => Convert.ToHexStringLower(SHA256.HashData(record));

    private sealed record Stored(int Schema, string Hash, JsonElement Record);
}
