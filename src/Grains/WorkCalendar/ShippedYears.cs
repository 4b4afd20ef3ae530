using System.Text.Json;

namespace Hotline.WorkCalendar;

/// <summary>The years that come with the program, one embedded JSON file a year (<c>Years/*.json</c>).</summary>
internal static class ShippedYears
{
    /// <summary>Changes whenever a shipped file changes.</summary>
    public const string Version = "2026.1";

    private const string Folder = "Hotline.WorkCalendar.Years.";

    public static IReadOnlyList<HolidayYear> Read()
    {
        var assembly = typeof(ShippedYears).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => ReadOne(assembly.GetManifestResourceStream(name)!))
            .OrderBy(year => year.Year)];
    }

    private static HolidayYear ReadOne(Stream stream)
    {
        using (stream)
        {
            return JsonSerializer.Deserialize<HolidayYear>(stream, JsonSerializerOptions.Web)!;
        }
    }
}
