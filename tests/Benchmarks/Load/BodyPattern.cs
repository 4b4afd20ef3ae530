using System.Text;
using System.Text.RegularExpressions;

namespace Hotline.Benchmarks.Load;

/// <summary>An event's body, taken apart once at the members in which copies differ, and put together for each.</summary>
internal sealed partial class BodyPattern
{
    private readonly List<Member> _members = [];
    private readonly string _rest;

    public BodyPattern(string body)
    {
        var end = 0;
        foreach (Match match in Different().Matches(body))
        {
            var value = match.Groups["value"];
            var name = match.Groups["name"].Value;
            var at = name.EndsWith("At", StringComparison.Ordinal)
                ? DateTimeOffset.Parse(value.Value, CultureInfo.InvariantCulture) : default;
            _members.Add(new(body[end..value.Index], name, value.Value, at));
            end = value.Index + value.Length;
        }
        _rest = body[end..];
    }

    /// <param name="number">The copied ticket's number; its copy's is <paramref name="newNumber"/>.</param>
    public string Of(Difference difference, string number, string newNumber, string? textHash)
    {
        var body = new StringBuilder();
        foreach (var (before, name, value, at) in _members)
        {
            body.Append(before).Append(name switch
            {
                "externalNo" => newNumber,
                "textHash" => textHash,
                "topic" => value == HistoryFile.RareTopic ? HistoryFile.FrequentTopic : value,
                "startAt" or "receivedAt" => Text(at + difference.Shift),
                _ when at != default => Text(at + difference.Shift + difference.Longer),
                _ => difference.Unit(number, value),
            });
        }
        return body.Append(_rest).ToString();
    }

    /// <summary>As bodies are written.</summary>
    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    [GeneratedRegex("""
        "(?<name>externalNo|textHash|topic|leadUnit|unitName|unit|[a-zA-Z]+At)":"(?<value>[^"\\]*)"
        """)]
    private static partial Regex Different();

    private sealed record Member(string Before, string Name, string Value, DateTimeOffset At);
}
