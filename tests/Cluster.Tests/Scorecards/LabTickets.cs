using System.Text;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>Tickets with whole histories, as the ticket store keeps them.</summary>
internal static class LabTickets
{
    private static readonly TextHasher Hasher = new(new byte[32]);

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
        var journal = new TicketJournal(null, Hasher);
        var id = TicketIdentity.KeyOf("12345", number);
        var start = At(month, 5);
        journal.Record(id, new Registered("12345", number, Nature.Help, Urgency.Ordinary, null, null, start, null, null, live, null, "", []), start, "me");
        journal.Record(id, new Dispatched(unit, [], [new(Clock.Reply, start, At(month, 10), null, null, false, false, "v1", "1")]), start, "me");
        more(journal);
        return Of(journal, 0);
    }

    /// <summary>What the journal wrote, on this stored version.</summary>
    public static TicketWrite Of(TicketJournal journal, long version) => new(journal.State!.Id, version, Encoding.UTF8.GetBytes("{}"),
        TicketProjection.Row(journal.State), null, journal.Rows, journal.Texts, null);

    /// <summary>Goes on with a ticket that was written with these events.</summary>
    public static TicketJournal GoOn(TicketState state) => new(state, Hasher);

    public static void Reply(TicketJournal journal, Month month, int day)
    {
        journal.Record(journal.State!.Id, new Replied(Finding.True, OutcomeType.Solved, Channel.Phone, null, []), At(month, day), "unit");
        journal.Record(journal.State.Id, new ReplyApproved([]), At(month, day), "reviewer");
    }

    public static void CallBack(TicketJournal journal, Month month, int day, Satisfaction answer) =>
        journal.Record(journal.State!.Id, new CalledBack(CallOutcome.Answered, true, true, answer, true, []), At(month, day), "centre");

    public static DateTimeOffset At(Month month, int day) => ShanghaiTime.At(new(month.Year, month.Number, day), new(10, 0));
}
