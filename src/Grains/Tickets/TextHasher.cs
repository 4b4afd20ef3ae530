using System.Security.Cryptography;
using System.Text;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>Keyed hashes (HMAC-SHA256, the first 128 bits as hex) of personal texts: the same on every silo, useless without the store's key.</summary>
internal sealed class TextHasher(byte[] key)
{
    private const string Edited = "〔文字与校验值不符〕";

    /// <summary>Of a text in its place: put elsewhere it has another hash.</summary>
    public string Of(string ticket, string slot, string text) => Hash($"{ticket}\u001f{slot}\u001f{text}");

    /// <summary>Of several texts together, from their own hashes: it stands when one of them is erased and its hash kept.</summary>
    public string OfAll(IEnumerable<TicketText> texts) => Hash(string.Join('\u001f', texts.OrderBy(t => t.Slot, StringComparer.Ordinal).Select(t => $"{t.Slot}={t.Hash}")));

    /// <summary>Whether a stored text is the one that was kept.</summary>
    public bool IsSound(string ticket, TicketText text) => Of(ticket, text.Slot, text.Text) == text.Hash;

    /// <summary>A text as a list shows it: one that is not as it was kept is not shown.</summary>
    public string? Shown(string ticket, string slot, string? text, string? hash) => text is null || Of(ticket, slot, text) == hash ? text : Edited;

    /// <summary>The key with its hash.</summary>
    public CommandKey Signed(CommandKey key) => key with { Hash = Hash($"{key.Client}\u001f{key.Key}\u001f{key.BodyHash}\u001f{key.TicketId}\u001f{key.Seq}\u001f{key.At}") };

    /// <summary>Whether a stored key is the one that was used.</summary>
    public bool IsSound(CommandKey key) => Signed(key).Hash == key.Hash;

    /// <summary>Finds the same caller again by phone digits; null when there is no phone.</summary>
    public string? CallerKey(string? phone)
    {
        var digits = phone is null ? "" : string.Concat(phone.Where(char.IsAsciiDigit));
        return digits.Length == 0 ? null : Hash("phone:" + digits);
    }

    private string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
