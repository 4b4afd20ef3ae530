using Hotline.Rules.Tests.Scorecards;
using Hotline.Storage;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>Random obligations and answers as the ticket store keeps them, with the facts that the second reckoning needs of the same tickets.</summary>
internal sealed class ScoredTickets
{
    public const int Month = 202610;
    public static readonly DateTimeOffset AsOf = new(2026, 10, 20, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Units = ["DG", "东关派出所", "U10", "U9", "文昌"];
    private readonly Random _random;

    private ScoredTickets(int seed) => _random = new(seed);

    public List<TicketWrite> Writes { get; } = [];

    public List<Fact> Facts { get; } = [];

    public static IReadOnlyList<string> UnitCodes => Units;

    public static ScoredTickets Random(int seed, int count)
    {
        var tickets = new ScoredTickets(seed);
        for (var i = 0; i < count; i++)
        {
            tickets.Add($"T-{seed}-{i}");
        }

        return tickets;
    }

    /// <summary>All obligations of a unit whose final due lies in the month, counted or not.</summary>
    public int Received(string unit) => Owed(unit).Count();

    /// <summary>Where an obligation that is outside the rates is counted, spelled out for each ending; null for one that counts.</summary>
    public int Outside(string unit, MeasureName where)
    {
        var number = 0;
        foreach (var o in Owed(unit))
        {
            var isDue = o.DueAt <= AsOf.ToUnixTimeMilliseconds() || o.RepliedAt != null;
            var place = o.Ending switch
            {
                3 => MeasureName.Withdrawn,
                4 => MeasureName.Recalled,
                5 => MeasureName.HandedBack,
                6 => MeasureName.Transferred,
                7 => MeasureName.Diverted,
                8 => MeasureName.NotNeeded,
                9 => MeasureName.NotYetDue,
                2 => o.Excluded ? MeasureName.Excluded : MeasureName.Suspended,
                1 when isDue => o.Excluded ? MeasureName.Excluded : MeasureName.Compressed,
                0 when isDue => o.Excluded ? MeasureName.Excluded : (MeasureName?)null,
                _ => MeasureName.NotYetDue,
            };
            number += place == where ? 1 : 0;
        }

        return number;
    }

    /// <summary>Callbacks of a unit that ended without an answer in the month, for this reason: 4 to 7.</summary>
    public int Unanswered(string unit, int why) =>
        Writes.SelectMany(w => w.Scored.Answers).Count(a => a.Unit == unit && a.Month == Month && a.Answer == why && !a.Excluded);

    private IEnumerable<ObligationRow> Owed(string unit) => Writes.SelectMany(w => w.Scored.Obligations).Where(o => o.Unit == unit && o.Month == Month);

    private bool Chance(int percent) => _random.Next(100) < percent;

    /// <summary>One unit after the other led the ticket, some supported it, and some of those who led were judged.</summary>
    private void Add(string id)
    {
        var (excluded, blameless) = (Chance(15), Chance(20));
        var led = Some([5, 75, 20]);
        ObligationRow[] owed = [.. led.Select(u => Obligation(u, false, excluded)), .. Some([80, 15, 5]).Select(u => Obligation(u, true, excluded))];
        AnswerRow[] answers = [.. led.Where(_ => Chance(60)).Select(u => Answer(u, excluded, blameless))];
        Writes.Add(new(id, 0, Row(id), new(owed, answers), [new(1, "registered", 1, "me", "test", "{}", "")], [], null));
        foreach (var o in owed)
        {
            Facts.Add(new(o.Unit, Entered(o), o.OnTime, o.Completed, o.Ending == 1, o.Ending == 2, 0, 0, 0, 0, excluded));
        }

        foreach (var a in answers)
        {
            Facts.Add(new(a.Unit, 0, false, false, false, false, a.Answer <= 3 ? a.Month : 0, a.FirstAnswer, a.Answer, a.Answer > 3 ? a.Month : 0, excluded));
        }
    }

    /// <summary>The month in which it is in the denominators or held openly; none while it is neither due nor replied, and for what ended without blame.</summary>
    private static int Entered(ObligationRow o) =>
        o.Ending <= 2 && (o.Ending == 2 || o.RepliedAt is not null || o.DueAt <= AsOf.ToUnixTimeMilliseconds()) ? o.Month ?? 0 : 0;

    /// <summary>None, one or two units, with these chances.</summary>
    private string[] Some(int[] chances)
    {
        var drawn = _random.Next(100);
        var count = drawn < chances[0] ? 0 : drawn < chances[0] + chances[1] ? 1 : 2;
        return [.. Units.OrderBy(_ => _random.Next()).Take(count)];
    }

    private ObligationRow Obligation(string unit, bool support, bool excluded)
    {
        var (replied, ending) = (Chance(60), Chance(55) ? 0 : _random.Next(1, 10));
        int? month = _random.Next(6) switch { 0 => null, 1 => 202609, _ => Month };
        var due = AsOf.AddHours(_random.Next(-240, 240)).AddDays(month == Month ? 0 : -30).ToUnixTimeMilliseconds();
        return new(unit, support, month, month is null ? null : due, replied ? 5 : null, replied && Chance(80), replied && Chance(60), ending, excluded,
            !replied && ending == 0);
    }

    private AnswerRow Answer(string unit, bool excluded, bool blameless)
    {
        var (month, answer) = (Chance(25) ? 202609 : Month, _random.Next(1, 8));
        var at = AsOf.AddHours(_random.Next(-240, 240)).AddDays(month == Month ? 0 : -30).ToUnixTimeMilliseconds();
        return new(unit, month, at, answer, answer <= 3 ? _random.Next(1, 4) : 0, excluded, blameless);
    }

    private static TicketIndexRow Row(string id) => new()
    {
        TicketId = id,
        Seq = 1,
        Source = "12345",
        ExternalNo = id,
        Nature = "complaint",
        Urgency = "ordinary",
        Status = "closed",
        ReceivedAt = 1,
        RegisteredAt = 2,
        UpdatedAt = 3,
        Live = false,
        Difficult = false,
        AlarmLevel = 0,
        Shard = 0,
    };
}
