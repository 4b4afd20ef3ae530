using Hotline.Rules.Tests.Scorecards;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>Random tickets as the ticket store keeps them, with the facts that the second reckoning needs of the same tickets.</summary>
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

    private bool Chance(int percent) => _random.Next(100) < percent;

    private void Add(string id)
    {
        var row = Row(id);
        SupportRow[] support = Chance(20) ? [Support(row.Excluded)] : [];
        Writes.Add(new(id, 0, row, support, [new(1, "registered", 1, "me", "test", "{}", "")], [], null));
        if (row.ScoreUnit is { } unit)
        {
            Facts.Add(new(unit, Entered(row.ReplyMonth, row.ReplyDueAt, row.RepliedAt, row.ReplyHold == 2), row.RepliedOnTime, row.CompletedOnTime,
                row.ReplyHold == 1, row.ReplyHold == 2, row.AnswerMonth ?? 0, row.FirstAnswer ?? 0, row.Answer ?? 0, row.UnreachedMonth ?? 0, row.Excluded));
        }

        foreach (var s in support)
        {
            Facts.Add(new(s.Unit, Entered(s.ReplyMonth, s.ReplyDueAt, s.RepliedAt, false), s.OnTime, s.OnTime, false, false, 0, 0, 0, 0, s.Excluded));
        }
    }

    /// <summary>The reply's month, or none while the ticket is neither due nor replied.</summary>
    private static int Entered(int? month, long? due, long? replied, bool held) =>
        held || replied is not null || due <= AsOf.ToUnixTimeMilliseconds() ? month ?? 0 : 0;

    private int? MonthOrNone() => _random.Next(6) switch { 0 => null, 1 => 202609, _ => Month };

    private SupportRow Support(bool excluded)
    {
        var replied = Chance(60);
        return new(Units[_random.Next(Units.Length)], MonthOrNone(), Due(), replied ? 5 : null, replied && Chance(70), excluded);
    }

    private long Due() => AsOf.AddHours(_random.Next(-240, 240)).ToUnixTimeMilliseconds();

    private TicketIndexRow Row(string id)
    {
        var (replied, month, answer) = (Chance(70), MonthOrNone(), Chance(50) ? MonthOrNone() : null);
        return new()
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
            ScoreUnit = Chance(90) ? Units[_random.Next(Units.Length)] : null,
            ReplyMonth = month,
            ReplyDueAt = month is null ? null : Due(),
            RepliedAt = replied ? 5 : null,
            RepliedOnTime = replied && Chance(80),
            CompletedOnTime = replied && Chance(60),
            ReplyHold = Chance(80) ? 0 : _random.Next(1, 3),
            AnswerMonth = answer,
            Answer = answer is null ? null : _random.Next(1, 4),
            FirstAnswer = answer is null ? null : _random.Next(1, 4),
            UnreachedMonth = answer is null ? MonthOrNone() : null,
            Excluded = Chance(15),
            Blameless = Chance(20),
        };
    }
}
