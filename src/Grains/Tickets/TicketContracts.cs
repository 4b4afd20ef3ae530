using System.Text;
using Hotline.Shared;
using Hotline.Storage;
using Orleans.Concurrency;

namespace Hotline.Tickets;

/// <summary>One citizen's matter (工单). Key: <c>T-</c> + base32 of SHA-256 over source and external number.</summary>
[Alias("hotline.ITicketGrain")]
internal interface ITicketGrain : IGrainWithStringKey
{
    /// <summary>Registers the ticket, or answers the known one.</summary>
    [Alias("Register")]
    Task<Result<TicketReceipt>> Register(Register command, CallContext context);

    /// <summary>Decides and carries out any other command.</summary>
    [Alias("Execute")]
    Task<Result<TicketReceipt>> Execute(TicketCommand command, CallContext context);

    /// <summary>The ticket as this actor may see it; not found when it is not the actor's to see.</summary>
    [Alias("Read"), Reads]
    Task<Result<TicketReceipt>> Read(Actor actor);

    /// <summary>The free texts of the history (replies, reasons, notes) that this actor may read, by slot <c>{event type}/{seq}</c>.</summary>
    [Alias("Texts"), Reads]
    Task<Result<TicketTexts>> Texts(Actor actor);

    /// <summary>Caller and texts in clear, after a reveal was recorded.</summary>
    [Alias("Reveal")]
    Task<Result<CallerView>> Reveal(RevealCaller command, CallContext context);

    /// <summary>Fires every alarm whose instant has come; answers how many fired.</summary>
    [Alias("FireAlarms"), ByClock]
    [ResponseTimeout("00:00:03")]
    Task<int> FireAlarms();

    /// <summary>Whether a child's matter may be taken over (并单), or why not. For a while after a yes this ticket is not merged itself.</summary>
    [Alias("MayJoin"), Reads, AlwaysInterleave]
    Task<Rejection?> MayJoin(ChildFacts child);

    /// <summary>Takes a merged ticket's matter over; harmless when repeated.</summary>
    [Alias("JoinChild")]
    Task<Rejection?> JoinChild(ChildFacts child, Actor actor);

    /// <summary>A merged ticket was reopened and is its own again; harmless when repeated.</summary>
    [Alias("LeaveChild")]
    Task<Rejection?> LeaveChild(string child, Actor actor);

    /// <summary>Replays a history row through the same rules; a known row changes nothing.</summary>
    [Alias("Replay")]
    Task<Result<ReplayReport>> Replay(HistoryRecord row, bool keepOpen);

    /// <summary>Moves promises after a calendar change; the old ones stay in history. Answers how many promises moved; a repeat moves none.
    /// Errors: <c>calendar.version-changed</c> when another calendar is in force by now.</summary>
    [Alias("Recompute")]
    Task<Result<Recomputed>> Recompute(Recomputation order);
}

/// <summary>What a command answers.</summary>
/// <param name="Body">The ticket as JSON (<see cref="TicketView"/>) in UTF-8; byte-equal when replayed.</param>
/// <param name="Version">For the ETag: the ticket's last event.</param>
/// <param name="Created">A new ticket came into being.</param>
/// <param name="Replayed">The answer to an earlier, equal request.</param>
[GenerateSerializer, Immutable, Alias("hotline.TicketReceipt")]
internal sealed record TicketReceipt(string Id, byte[] Body, long Version, bool Created, bool Replayed)
{
    public string Json => Encoding.UTF8.GetString(Body);
}

/// <summary>Texts by slot.</summary>
[GenerateSerializer, Immutable, Alias("hotline.TicketTexts")]
internal sealed record TicketTexts(IReadOnlyDictionary<string, string> BySlot)
{
    /// <summary>The texts that came with the registration, or were corrected since; one hash covers them together.</summary>
    public static IReadOnlyList<string> OfRegistration { get; } = ["title", "content", "callerName", "callerPhone"];
}

/// <summary>诉求人 in clear.</summary>
[GenerateSerializer, Immutable, Alias("hotline.CallerView")]
public sealed record CallerView(string? Name, string? Phone);

/// <summary>What is to be recomputed, on whose word and why.</summary>
/// <param name="CalendarVersion">The calendar that was previewed: no other one moves anything.</param>
[GenerateSerializer, Immutable, Alias("hotline.Recomputation")]
internal sealed record Recomputation(Actor Actor, string Reason, string CalendarVersion, MoveScope Scope);

/// <summary>How many promises of the ticket moved.</summary>
[GenerateSerializer, Immutable, Alias("hotline.Recomputed")]
internal sealed record Recomputed(int Promises);

/// <summary>What a replayed row did.</summary>
/// <param name="Changed">Whether anything new was recorded.</param>
/// <param name="ClosedAsItStands">The next step's clock was past: closed, now or by an earlier replay, with its measures as recorded.</param>
[GenerateSerializer, Immutable, Alias("hotline.ReplayReport")]
internal sealed record ReplayReport(bool Changed, bool ClosedAsItStands);
