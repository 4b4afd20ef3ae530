using System.Text;
using System.Text.Json.Serialization.Metadata;
using Hotline.Architecture;

namespace Hotline.Tickets;

/// <summary>Stored events outlive the program that wrote them: a renamed property or event would make them unreadable.</summary>
public sealed class StoredShapeTests
{
    [Fact]
    public void NamesInStoredEvents_AreThoseWrittenDown()
    {
        var written = File.ReadAllText(Path.Combine(Sources.Root, "tests/Rules.Tests/Tickets/stored-shape.txt"));
        Assert.Equal(written, Shape());
    }

    private static string Shape()
    {
        var text = new StringBuilder();
        var seen = new HashSet<Type>();
        foreach (var (code, type) in TicketJson.Types.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            Describe(type, "event " + code, text, seen);
        }

        return text.ToString();
    }

    private static void Describe(Type type, string name, StringBuilder text, HashSet<Type> seen)
    {
        if (!seen.Add(type) || type.Namespace?.StartsWith("Hotline", StringComparison.Ordinal) != true || type.IsEnum)
        {
            return;
        }

        var info = TicketJson.Stored.GetTypeInfo(type);
        if (info.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        text.Append(name).Append(": ").AppendJoin(' ', info.Properties.Where(p => p.Get is not null).Select(p => p.Name).Order(StringComparer.Ordinal)).Append('\n');
        foreach (var property in info.Properties)
        {
            var inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            Describe(inner.IsGenericType ? inner.GenericTypeArguments[0] : inner, char.ToLowerInvariant(inner.Name[0]) + inner.Name[1..] + (inner.IsGenericType ? " of " + inner.GenericTypeArguments[0].Name : ""), text, seen);
        }
    }
}
