using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>Grows a ticket's history: stamps events, folds them, chains their hashes, and keeps the texts apart.</summary>
internal sealed class TicketJournal(TicketState? start, TextHasher hasher)
{
    private static readonly Dictionary<Type, string> Types = typeof(TicketEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

    private readonly List<EventRow> _rows = [];
    private readonly List<PrivateText> _texts = [];

    /// <summary>The state after all events so far.</summary>
    public TicketState? State { get; private set; } = start;

    public IReadOnlyList<EventRow> Rows => _rows;

    public IReadOnlyList<PrivateText> Texts => _texts;

    public bool IsEmpty => _rows.Count == 0;

    /// <summary>The stable code of an event's type.</summary>
    public static string TypeOf(TicketEvent e) => Types[e.GetType()];

    /// <summary>Adds a text that belongs to the ticket itself (title, content, caller).</summary>
    public void Keep(string slot, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _texts.Add(new(slot, text));
        }
    }

    public void Record(string ticketId, TicketEvent e, DateTimeOffset at, string actor)
    {
        var seq = (State?.Seq ?? 0) + 1;
        if (!string.IsNullOrEmpty(e.Text))
        {
            Keep($"{TypeOf(e)}/{seq}", e.Text);
            e = e with { TextHash = hasher.Hash(e.Text) };
        }

        var stamped = new Stamped(seq, at, actor, e);
        var next = State is null
            ? TicketFold.Start(ticketId, (Registered)e, at) with { Seq = seq }
            : TicketFold.Apply(State, stamped);
        var body = JsonSerializer.Serialize(e, TicketJson.Stored);
        var hash = Chain(State?.LastHash ?? "", seq, at, actor, body);
        State = next with { LastHash = hash };
        _rows.Add(new(seq, TypeOf(e), at.ToUnixTimeMilliseconds(), actor, body, hash));
    }

    /// <summary>SHA-256 (hex) over the previous hash and the event's stored bytes: an edited, missing or re-ordered event is seen.</summary>
    public static string Chain(string previous, int seq, DateTimeOffset at, string actor, string body)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{previous}\n{seq}\n{at.ToUnixTimeMilliseconds()}\n{actor}\n{body}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
    }
}
