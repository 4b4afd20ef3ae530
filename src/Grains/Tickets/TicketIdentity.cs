using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Hotline.Tickets;

/// <summary>A ticket's key follows from its origin, so two silos that register the same matter meet in one grain.</summary>
internal static class TicketIdentity
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    /// <summary><c>T-</c> + base32 of the first 130 bits of SHA-256 over source and external number (lengths first, so no two pairs collide by joining).</summary>
    public static string KeyOf(string source, string externalNo)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{source.Length}:{source}{externalNo}"));
        return string.Create(28, hash, static (span, bytes) =>
        {
            span[0] = 'T';
            span[1] = '-';
            for (var i = 0; i < 26; i++)
            {
                var bit = i * 5;
                var pair = (bytes[bit / 8] << 8) | bytes[(bit / 8) + 1];
                span[i + 2] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
            }
        });
    }

    /// <summary>Whether a text has the form of a ticket id.</summary>
    public static bool IsKey(string text) =>
        text.Length == 28 && text.StartsWith("T-", StringComparison.Ordinal) && text.AsSpan(2).IndexOfAnyExcept(Letters) < 0;

    /// <summary>0–255: which share of the sweep the ticket belongs to.</summary>
    public static int Shard(string id) => ((Alphabet.IndexOf(id[2], StringComparison.Ordinal) << 3) | (Alphabet.IndexOf(id[3], StringComparison.Ordinal) >> 2)) & 255;
}
