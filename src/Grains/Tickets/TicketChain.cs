using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>What holds a ticket's events together: each one's hash covers the ticket, the hash before it and all that is stored of it, so that an edited,
/// missing, moved or re-ordered event is seen.</summary>
internal static class TicketChain
{
    /// <summary>SHA-256 (hex) of the event that follows the one with this hash; the row's own hash is not looked at.</summary>
    public static string Next(string ticket, string previous, EventRow e)
    {
        Span<char> numbers = stackalloc char[64];
        numbers.TryWrite(CultureInfo.InvariantCulture, $"{e.Seq}\n{e.At}", out var written);
        var longest = Encoding.UTF8.GetMaxByteCount(ticket.Length + previous.Length + written + e.Type.Length + e.Actor.Length + e.Client.Length + e.Body.Length + 5);
        var buffer = ArrayPool<byte>.Shared.Rent(longest);
        var length = 0;
        void Add(ReadOnlySpan<char> text)
        {
            length += Encoding.UTF8.GetBytes(text, buffer.AsSpan(length));
            buffer[length++] = (byte)'\n';
        }

        Add(ticket);
        Add(previous);
        Add(numbers[..written]);
        Add(e.Type);
        Add(e.Actor);
        Add(e.Client);
        length += Encoding.UTF8.GetBytes(e.Body, buffer.AsSpan(length));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, length), hash);
        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToHexStringLower(hash);
    }
}
