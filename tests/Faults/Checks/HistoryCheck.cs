using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hotline.Faults;

/// <summary>Holds what callers were told against what is there. Pure; knows the service only from its documents.</summary>
internal static class HistoryCheck
{
    /// <summary>The event that a command of the load leaves, and the status in which the ticket then is; null leaves the status.</summary>
    private static readonly Dictionary<string, (string Event, string? Status)> Model = new()
    {
        ["register"] = ("registered", "triage"),
        ["dispatch"] = ("dispatched", "awaitingAcceptance"),
        ["accept"] = ("accepted", "awaitingContact"),
        ["contact"] = ("contactTried", "inProgress"),
        ["reply"] = ("replied", "awaitingReview"),
        ["approve-reply"] = ("replyApproved", "awaitingCallback"),
        ["callback"] = ("calledBack", "closed"),
        ["annotate"] = ("annotated", null),
        ["chase"] = ("chased", null),
    };

    private const string FromTheClock = "alarmFired";

    public static IReadOnlyList<Finding> Run(IReadOnlyList<Attempt> attempts, FinalState state)
    {
        var operations = Operation.Of(attempts);
        var keys = state.Keys.ToDictionary(k => k.Key);
        return
        [
            .. operations.SelectMany(o => OfOperation(o, keys)),
            .. state.Keys.Where(k => operations.All(o => o.Key != k.Key)).Select(k => new Finding("ghost", k.Key, "a key that nobody sent")),
            .. operations.GroupBy(o => o.Subject).SelectMany(g => OfSubject(g.Key, [.. g], keys, state)),
            .. state.Tickets.SelectMany(OfTicket),
            .. state.Tickets.Where(t => operations.All(o => o.Subject != t.ExternalNo)).Select(t => new Finding("ghost", t.Id, "a ticket that nobody registered")),
        ];
    }

    private static IEnumerable<Finding> OfOperation(Operation operation, Dictionary<string, StoredKey> keys)
    {
        var stored = keys.GetValueOrDefault(operation.Key);
        var where = $"{operation.Command} {operation.Subject} key {operation.Key}";
        if (operation.IsSurelyRefused)
        {
            // Every ticket of the load is led through its life by one client: whoever refuses has forgotten something, or remembers too much.
            yield return new("refused", where, $"{operation.Attempts[^1].Status} {operation.Attempts[^1].Code}");
            if (stored is not null)
            {
                yield return new("ghost", where, "was refused and yet took effect");
            }
        }
        // A register that finds the ticket there is a reading: it leaves no key.
        if (operation.Done is { } done && !(operation.Command == "register" && done.Status == 200))
        {
            if (stored is null)
            {
                yield return new("lost", where, "acknowledged, but its key is gone");
            }
            foreach (var heard in operation.Attempts.Where(a => a.Outcome == Outcome.Done && (a.Answer != done.Answer || a.Version != (stored?.Seq ?? a.Version))))
            {
                yield return new("answer", where, $"told at {heard.Node} something else than before, or than is stored");
            }
        }
        if (operation.Attempts.Select(a => a.BodyHash).Distinct().Count() > 1)
        {
            yield return new("answer", where, "the load sent one key with two bodies");
        }
    }

    private static IEnumerable<Finding> OfSubject(string externalNo, IReadOnlyList<Operation> operations, Dictionary<string, StoredKey> keys, FinalState state)
    {
        var tickets = state.Tickets.Where(t => t.ExternalNo == externalNo).ToList();
        if (tickets.Count > 1)
        {
            yield return new("twin", externalNo, $"one external number, {tickets.Count} tickets");
        }
        if (tickets.Count == 0 && operations.Any(o => o.Done is not null))
        {
            yield return new("lost", externalNo, "acknowledged ticket is gone");
        }
        foreach (var finding in tickets.SelectMany(t => Effects(t, operations, keys)).Concat(Order(externalNo, operations)))
        {
            yield return finding;
        }
    }

    /// <summary>Per kind: every command that took effect left one event, and no event came from nowhere.</summary>
    private static IEnumerable<Finding> Effects(StoredTicket ticket, IReadOnlyList<Operation> operations, Dictionary<string, StoredKey> keys)
    {
        foreach (var (command, (type, _)) in Model)
        {
            var sent = operations.Where(o => o.Command == command).ToList();
            var effects = command == "register" ? Math.Min(1, sent.Count) : sent.Count(o => keys.ContainsKey(o.Key));
            var events = ticket.Events.Count(e => e.Type == type);
            if (events < effects)
            {
                yield return new("lost", ticket.Id, $"{effects} × {command} took effect, {events} × {type} in history");
            }
            if (events > effects)
            {
                yield return new("doubled", ticket.Id, $"{effects} × {command} took effect, {events} × {type} in history");
            }
        }
        var known = Model.Values.Select(m => m.Event).Append(FromTheClock).ToHashSet();
        foreach (var strange in ticket.Events.Where(e => !known.Contains(e.Type)))
        {
            yield return new("ghost", ticket.Id, $"event {strange.Seq} is a {strange.Type} that nobody caused");
        }
    }

    /// <summary>Acknowledged versions of a ticket are distinct, and grow in the order in which they were heard.</summary>
    private static IEnumerable<Finding> Order(string externalNo, IReadOnlyList<Operation> operations)
    {
        // A repeat is an old answer.
        var heard = operations.Select(o => o.Attempts.FirstOrDefault(a => a is { Outcome: Outcome.Done, Replayed: false, Version: not null }))
            .OfType<Attempt>().Where(a => a is not { Command: "register", Status: 200 }).OrderBy(a => a.Version).ToList();
        Attempt? last = null;
        Attempt? latestStart = null;
        foreach (var next in heard)
        {
            if (next.Version == last?.Version)
            {
                yield return new("fork", externalNo, $"version {next.Version} was given to {last!.Command} at {last.Node} and {next.Command} at {next.Node}");
            }
            if (latestStart is not null && next.EndedAt < latestStart.StartedAt)
            {
                yield return new("fork", externalNo, $"version {next.Version} was heard before version {latestStart.Version} was asked for");
            }
            last = next;
            latestStart = latestStart is null || next.StartedAt > latestStart.StartedAt ? next : latestStart;
        }
    }

    private static IEnumerable<Finding> OfTicket(StoredTicket ticket)
    {
        var previous = "";
        var expected = 1;
        var status = "";
        foreach (var e in ticket.Events)
        {
            if (e.Seq != expected)
            {
                yield return new("gap", ticket.Id, $"event {e.Seq} stands where {expected} belongs");
            }
            if (e.Hash != Chain(ticket.Id, previous, e))
            {
                yield return new("chain", ticket.Id, $"event {e.Seq} does not continue the chain");
            }
            (previous, expected) = (e.Hash, e.Seq + 1);
            status = Model.Values.FirstOrDefault(m => m.Event == e.Type).Status ?? status;
        }
        if (ticket.Version != expected - 1)
        {
            yield return new("lost", ticket.Id, $"version {ticket.Version}, and the last event is {expected - 1}");
        }
        if (ticket.IndexStatus != status || (ticket.ServedStatus is { } served && served != status))
        {
            yield return new("status", ticket.Id, $"history says {status}, the index {ticket.IndexStatus}, the service {ticket.ServedStatus}");
        }
        if (ticket.ServedVersion is { } version && version != ticket.Version)
        {
            yield return new("status", ticket.Id, $"version {ticket.Version} is stored, {version} is served");
        }
    }

    /// <summary>As the history's document says: SHA-256 over the ticket, the previous hash and the event.</summary>
    public static string Chain(string ticket, string previous, StoredEvent e)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{ticket}\n{previous}\n{e.Seq}\n{e.At}\n{e.Type}\n{e.Actor}\n{e.Client}\n{e.Body}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
    }
}
