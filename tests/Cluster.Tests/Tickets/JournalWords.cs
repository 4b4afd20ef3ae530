using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>A journal kept by whoever the test names.</summary>
internal static class JournalWords
{
    public static void Record(this TicketJournal journal, TicketEvent e, DateTimeOffset at, string actor) => journal.Record(e, at, new Actor(actor, "test", [], null));
}
