using System.Security.Cryptography;
using System.Text;

namespace Hotline.Tickets;

/// <summary>Keyed hashes (HMAC-SHA256) of personal texts: the same on every silo, useless without the store's key.</summary>
internal sealed class TextHasher(byte[] key)
{
    public string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    /// <summary>Finds the same caller again by phone digits; null when there is no phone.</summary>
    public string? CallerKey(string? phone)
    {
        var digits = phone is null ? "" : string.Concat(phone.Where(char.IsAsciiDigit));
        return digits.Length == 0 ? null : Hash("phone:" + digits);
    }
}
