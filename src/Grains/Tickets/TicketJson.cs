using System.Collections.Frozen;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Hotline.Storage;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>How tickets are written: events in UTC without what is empty, answers in +08:00.</summary>
internal static class TicketJson
{
    private static readonly FrozenDictionary<string, Type> ByCode = typeof(TicketEvent).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(TicketEvent))).ToFrozenDictionary(t => Mark(t).Code, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> CodeOf = ByCode.ToFrozenDictionary(p => p.Value, p => p.Key);

    /// <summary>For the bodies of events. A member that this version does not know was written by a later one.</summary>
    public static JsonSerializerOptions Stored { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>For answers: nulls stand, instants carry +08:00.</summary>
    public static JsonSerializerOptions Answers { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new ShanghaiInstantConverter() },
    };

    /// <summary>All kinds of events by their stable codes.</summary>
    public static IReadOnlyDictionary<string, Type> Types => ByCode;

    /// <summary>The codes of those that can take a ticket out of its month, as a list for SQL.</summary>
    public static string MovingMonths { get; } = string.Join(", ", ByCode.Where(t => Mark(t.Value).MovesMonth).Select(t => $"'{t.Key}'").Order(StringComparer.Ordinal));

    /// <summary>The stable code of an event's type.</summary>
    public static string TypeOf(TicketEvent e) => CodeOf[e.GetType()];

    /// <summary>An event's body.</summary>
    public static string Body(TicketEvent e) => JsonSerializer.Serialize(e, e.GetType(), Stored);

    /// <summary>An event from its body.</summary>
    /// <exception cref="NewerSchemaException">A later version wrote it: this one does not know the event, or what it says.</exception>
    public static TicketEvent Event(string type, string body)
    {
        try
        {
            return ByCode.TryGetValue(type, out var known) ? (TicketEvent)JsonSerializer.Deserialize(body, known, Stored)!
                : throw new NewerSchemaException($"An event {type} is not known to this version.");
        }
        catch (JsonException unknown)
        {
            throw new NewerSchemaException($"What an event {type} says is not known to this version: {unknown.Message}");
        }
    }

    /// <inheritdoc cref="Event(string, string)"/>
    public static T Event<T>(string body) where T : TicketEvent => (T)Event(CodeOf[typeof(T)], body);

    private static EventAttribute Mark(Type type) => type.GetCustomAttribute<EventAttribute>()
        ?? throw new InvalidOperationException($"{type.Name} has no code.");

    private sealed class ShanghaiInstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(ShanghaiTime.Text(value));
    }
}
