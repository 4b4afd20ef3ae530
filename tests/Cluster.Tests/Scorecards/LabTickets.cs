using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>Tickets with whole histories, as the ticket store keeps them.</summary>
internal static class LabTickets
{
    public static readonly TextHasher Hasher = new(new byte[32]);

    /// <summary>Dispatched on the 5th, due on the 10th; good: replied and answered satisfied before it, bad: late and dissatisfied.</summary>
    public static TicketWrite Answered(string number, string unit, Month month, bool good, bool live) =>
        Write(number, unit, month, live, journal =>
        {
            Reply(journal, month, good ? 6 : 12);
            CallBack(journal, month, good ? 7 : 13, good ? Satisfaction.Satisfied : Satisfaction.Dissatisfied);
        });

    /// <summary>A ticket with the events that <paramref name="more"/> adds after its dispatch.</summary>
    public static TicketWrite Write(string number, string unit, Month month, bool live, Action<TicketJournal> more)
    {
        var journal = new TicketJournal(TicketIdentity.KeyOf("12345", number), null, Hasher);
        var start = At(month, 5);
        journal.Register(new("12345", number, Nature.Help, Urgency.Ordinary, null, null, start, null, null, live, null, []),
            new("12345", number, Nature.Help, Urgency.Ordinary, null, "", null, null, null, start), start, Actor.Import("intake"));
        journal.Record(new Dispatched(unit, [], [Promised(month)]), start, "me");
        more(journal);
        return Of(journal);
    }

    /// <summary>The reply of a ticket that was dispatched in the month.</summary>
    public static Promise Promised(Month month) => new(Clock.Reply, At(month, 5), At(month, 10), null, null, false, false, "v1", "1");

    /// <summary>What the journal wrote, after what was stored.</summary>
    public static TicketWrite Of(TicketJournal journal)
    {
        var scored = TicketProjection.Scored(journal.State!);
        return new(journal.State!.Id, journal.State.Seq - journal.Rows.Count, TicketProjection.Row(journal.State), scored, journal.Rows, journal.Texts, null)
        {
            Months = [.. scored.Months],
        };
    }

    /// <summary>Goes on with a ticket that was written with these events.</summary>
    public static TicketJournal GoOn(TicketState state) => new(state.Id, state, Hasher);

    public static void Reply(TicketJournal journal, Month month, int day)
    {
        journal.Record(new Replied(Finding.True, OutcomeType.Solved, Channel.Phone, null, []), At(month, day), "unit");
        journal.Record(new ReplyApproved([]), At(month, day), "reviewer");
    }

    /// <param name="replaces">A later answer that counts in the place of the first.</param>
    public static void CallBack(TicketJournal journal, Month month, int day, Satisfaction answer, bool replaces = false) =>
        journal.Record(new CalledBack(CallOutcome.Answered, true, true, answer, true, [], Replaces: replaces), At(month, day), "centre");

    public static DateTimeOffset At(Month month, int day) => ShanghaiTime.At(new(month.Year, month.Number, day), new(10, 0));
}
