using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Hotline.Api;

/// <summary>If-Match: on which version the caller decided.</summary>
/// <param name="IsAny"><c>*</c>: whatever stands there now.</param>
/// <param name="Tag">The ETag's content without its quotes; null for <c>*</c>.</param>
internal sealed record Condition(bool IsAny, string? Tag)
{
    /// <summary>The version as a number, for things that count theirs; a tag of another form was never given out and matches no version.</summary>
    public long? Number => Tag is null ? null : long.TryParse(Tag, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    /// <summary>Reads the header; false when it cannot be one.</summary>
    public static bool TryRead(HttpRequest request, out Condition? condition)
    {
        condition = null;
        var header = request.Headers.IfMatch.ToString();
        if (header.Length == 0)
        {
            return request.Headers.IfMatch.Count == 0;
        }
        if (header == "*")
        {
            condition = new(true, null);
            return true;
        }
        var isOne = EntityTagHeaderValue.TryParse(header, out var tag);
        // If-Match compares strongly: a weak tag matches nothing.
        condition = isOne ? new(false, tag!.IsWeak ? "W/" : tag.Tag.ToString().Trim('"')) : null;
        return isOne;
    }
}
