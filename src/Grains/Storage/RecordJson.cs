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
}

/// <summary>Grains' records as <c>{"schema":1,"record":{…}}</c>. A number above ours was written by a later version and is not guessed at.</summary>
internal sealed class RecordJson : IGrainStorageSerializer
{
    private const int Schema = 1;

    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(new Stored<T>(Schema, input!), StoredJson.Options));

    public T Deserialize<T>(BinaryData input)
    {
        var stored = JsonSerializer.Deserialize<Stored<T>>(input, StoredJson.Options)!;
        return stored.Schema <= Schema
            ? stored.Record
            : throw new NotSupportedException($"A record with schema {stored.Schema} was written by a later version of this system.");
    }

    private sealed record Stored<T>(int Schema, T Record);
}
