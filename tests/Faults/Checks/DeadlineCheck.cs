namespace Hotline.Faults;

/// <summary>A promise of a ticket that falls due during the test. Instants are Unix milliseconds of the one clock of this machine.</summary>
internal sealed record Due(string Ticket, long At);

/// <summary>A card recorded in a ticket's history.</summary>
/// <param name="DueAt">The promise for which it stands.</param>
/// <param name="At">When it was recorded.</param>
internal sealed record Fired(string Ticket, long DueAt, long At);

/// <summary>Every due fires exactly once, not before its instant, and not later than allowed. A card names its promise, so matching needs no search.</summary>
internal static class DeadlineCheck
{
    public static IReadOnlyList<Finding> Run(IReadOnlyList<Due> dues, IReadOnlyList<Fired> fired, TimeSpan allowed)
    {
        var findings = new List<Finding>();
        foreach (var due in dues)
        {
            var cards = fired.Where(f => f.Ticket == due.Ticket && f.DueAt == due.At).ToList();
            if (cards.Count == 0)
            {
                findings.Add(new("missed", due.Ticket, "its due passed without a card"));
            }
            if (cards.Count > 1)
            {
                findings.Add(new("double", due.Ticket, $"{cards.Count} cards for one due"));
            }
            findings.AddRange(cards.Where(c => c.At < due.At).Select(c => new Finding("early", due.Ticket, $"{due.At - c.At} ms before its due")));
            findings.AddRange(cards.Where(c => c.At > due.At + allowed.TotalMilliseconds).Select(c => new Finding("late", due.Ticket, $"{c.At - due.At} ms after its due")));
        }
        findings.AddRange(fired.Where(f => !dues.Any(d => d.Ticket == f.Ticket && d.At == f.DueAt))
            .Select(f => new Finding("ghost", f.Ticket, "a card for a due that was never promised")));
        return findings;
    }

    /// <summary>How late the cards came, in order.</summary>
    public static IReadOnlyList<long> Lateness(IReadOnlyList<Fired> fired) => [.. fired.Select(f => f.At - f.DueAt).Order()];
}
