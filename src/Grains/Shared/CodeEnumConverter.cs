using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hotline.Shared;

/// <summary>Enums travel as camelCase codes, never as numbers.</summary>
public sealed class CodeEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>The camelCase code of an enum member, as it stands in JSON, columns and routes.</summary>
public static class Codes
{
    /// <summary>The code of a member: <c>AwaitingDispatch</c> gives <c>awaitingDispatch</c>.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.ByValue[value];

    /// <summary>The member with this code (ordinal), or null.</summary>
    public static T? Parse<T>(string? code) where T : struct, Enum =>
        code is not null && Names<T>.ByCode.TryGetValue(code, out var value) ? value : null;

    private static class Names<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue =
            Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()));

        public static readonly Dictionary<string, T> ByCode = ByValue.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
