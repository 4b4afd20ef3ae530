using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>Who sees which ticket, and how much of it. The one place for both.</summary>
internal static class TicketAccess
{
    /// <summary>An actor of a unit sees the tickets that the unit leads or supports, or once did: they are behind its figures. Everybody else sees all.</summary>
    public static bool CanSee(TicketState s, Actor actor) => actor.Unit is not { } unit || s.Obligations.Any(o => o.Unit == unit);

    /// <summary>Texts with the caller masked; of a report (举报) a unit sees nothing of the caller at all.</summary>
    public static PrivateView Texts(TicketState s, Actor actor, IReadOnlyList<TicketText> texts)
    {
        var hidden = s.Nature == Nature.Report && actor.Unit is not null;
        var caller = hidden ? null : new CallerView(MaskName(Find(texts, "callerName")), MaskPhone(Find(texts, "callerPhone")));
        return new(Find(texts, "title"), Find(texts, "content"), caller);
    }

    /// <summary>May this actor be told who the caller is? Never a unit on a report (举报).</summary>
    public static bool CanReveal(TicketState s, Actor actor) => s.Nature != Nature.Report || actor.Unit is null;

    /// <summary>Texts of the history are read by all who see the ticket; the words of an informant (举报人) at the callback stay with the centre.</summary>
    public static bool CanReadText(TicketState s, Actor actor, string slot) =>
        slot.Contains('/', StringComparison.Ordinal)
        && !(s.Nature == Nature.Report && actor.Unit is not null && slot.StartsWith("calledBack/", StringComparison.Ordinal));

    public static string? Find(IReadOnlyList<TicketText> texts, string slot) => texts.FirstOrDefault(t => t.Slot == slot)?.Text;

    /// <summary>The surname stays: 张三 gives 张*.</summary>
    internal static string? MaskName(string? name) =>
        string.IsNullOrEmpty(name) ? name : new System.Text.StringBuilder().Append(name.EnumerateRunes().First().ToString()).Append('*').ToString();

    /// <summary>The first three and last four digits stay: 138****1234; shorter numbers vanish.</summary>
    internal static string? MaskPhone(string? phone) =>
        string.IsNullOrEmpty(phone) ? phone : phone.Length >= 11 ? $"{phone[..3]}****{phone[^4..]}" : "****";
}
