using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Hotline.Storage;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>How tickets are written: stored records in UTC without nulls, answers in +08:00.</summary>
internal static class TicketJson
{
    /// <summary>For state and events.</summary>
    public static JsonSerializerOptions Stored { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>For answers: nulls stand, instants carry +08:00.</summary>
    public static JsonSerializerOptions Answers { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new ShanghaiInstantConverter() },
    };

    /// <summary>A stored state.</summary>
    /// <exception cref="NewerSchemaException">A later version wrote it.</exception>
    public static TicketState State(ReadOnlySpan<byte> stored) => StoredJson.Read<TicketState>(stored, Stored, TicketState.NewestSchema);

    private sealed class ShanghaiInstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(ShanghaiTime.Text(value));
    }
}
