using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Notices;

/// <summary>A notice's id follows from what it is about, so that drafting it twice makes one.</summary>
internal static class NoticeIdentity
{
    private const string Prefix = "A-";
    private const int Length = 26;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary><c>A-</c> + 24 hex digits of SHA-256 over month, tier, kind and unit.</summary>
    public static string Of(Month month, LeagueTier tier, NoticeKind kind, string unit)
    {
        var subject = $"{month}/{Codes.Of(tier)}/{Codes.Of(kind)}/{unit}";
        return Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)).AsSpan(0, (Length - Prefix.Length) / 2));
    }

    /// <summary>Whether a text has the form of a notice's id.</summary>
    public static bool IsId(string text) =>
        text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Digits) < 0;
}
