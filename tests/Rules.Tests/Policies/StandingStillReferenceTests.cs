using CsCheck;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Policies;

/// <summary>
/// Standing still against a clock that is watched step by step. The reference knows nothing of what is left: it runs each clock once
/// from its start and does not look while it stands still. A day clock is out at its Nth evening bell after the start day's.
/// </summary>
public sealed class StandingStillReferenceTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Shipped;
    private static readonly NaiveCalendar Naive = new(Calendar.Years);
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);
    private static readonly DateTimeOffset First = new(2005, 1, 1, 0, 0, 0, Zone);
    private static readonly int[] Edges = [0, 540, 720, 810, 1050];

    private sealed record Case(Span Span, Urgency Urgency, DateTimeOffset Start, DateTimeOffset Stop, DateTimeOffset Go)
    {
        public PromiseTerms Terms { get; } = new(Clock.Reply, Nature.Help, Urgency, null, Start);

        public DeadlinePolicy Policy { get; } = DeadlinePolicy.V1 with { Rows = [new(Clock.Reply, Span, Span)] };

        public Promise Running => DeadlineRules.For(Terms, Calendar, Policy)!;

        public Promise StoodStill(Promise promise, DateTimeOffset stop, DateTimeOffset go) =>
            DeadlineRules.StoodStill(promise, Terms, stop, go, Calendar, Policy);
    }

    private static readonly Gen<Case> Cases = Gen.Int.Select(seed => ACase(new Random(seed)));

    private static Case ACase(Random random)
    {
        var span = ASpan(random);
        var start = First.AddDays(random.Next(21 * 365)).AddSeconds(ATime(random));
        var due = span.After(start, Calendar).At;
        var stop = random.Next(12) switch
        {
            0 => start,
            1 => due,
            2 => due.AddMilliseconds(1),
            3 or 4 or 5 => Clamp(OnAnEdge(start + ((due - start) * random.NextDouble()), random), start, due),
            _ => start.AddMilliseconds(Math.Floor((due - start).TotalMilliseconds * random.NextDouble())),
        };
        var go = stop.AddSeconds(random.Next(2) == 0 ? random.Next(1, 40_000) : random.Next(1, 14 * 86_400));
        var edged = OnAnEdge(go, random);
        var urgency = random.Next(2) == 0 ? Urgency.Ordinary : Urgency.Urgent;
        return new(span, urgency, start, stop, random.Next(2) == 0 && edged > stop ? edged : go);
    }

    private static Span ASpan(Random random) => random.Next(4) switch
    {
        0 => Span.WorkingDays(random.Next(1, 11)),
        1 => Span.WorkingHours(random.Next(1, 24)),
        2 => Span.Minutes(random.Next(10, 3_000)),
        _ => Span.SameDay,
    };

    private static int ATime(Random random) =>
        random.Next(2) == 0 ? Math.Clamp((Edges[random.Next(Edges.Length)] * 60) + random.Next(-2, 3), 0, 86_399) : random.Next(86_400);

    // The instant moved to a second around an edge of its day's work.
    private static DateTimeOffset OnAnEdge(DateTimeOffset instant, Random random)
    {
        var midnight = new DateTimeOffset(instant.ToOffset(Zone).Date, Zone);
        return midnight.AddSeconds((Edges[random.Next(Edges.Length)] * 60) + random.Next(-1, 2));
    }

    private static DateTimeOffset Clamp(DateTimeOffset instant, DateTimeOffset low, DateTimeOffset high) =>
        instant < low ? low : instant > high ? high : instant;

    /// <summary>When the clock is out that runs from its start but not between the stop and the go.</summary>
    private static DateTimeOffset WatchedOut(Case c)
    {
        var (wall, stop, go) = (Wall(c.Start), Wall(c.Stop), Wall(c.Go));
        var isDays = c.Span.Unit == SpanUnit.WorkingDays;
        var bells = c.Span.Amount + 1;
        var left = c.Span.Unit switch
        {
            SpanUnit.WorkingHours => TimeSpan.FromHours(c.Span.Amount),
            SpanUnit.Minutes => TimeSpan.FromMinutes(c.Span.Amount),
            _ => wall.Date.AddDays(1) - wall,
        };
        while (isDays ? bells > 0 : left > TimeSpan.Zero)
        {
            if (wall >= stop && wall < go)
            {
                wall = go;
            }
            var next = NextMinute(wall);
            next = wall < stop && next > stop ? stop : next;
            if (isDays)
            {
                bells -= IsEvening(next) ? 1 : 0;
            }
            else if (c.Span.Unit != SpanUnit.WorkingHours || Naive.IsWorking(wall))
            {
                next = next - wall < left ? next : wall + left;
                left -= next - wall;
            }
            wall = next;
        }
        return new DateTimeOffset(wall, Zone);
    }

    private static bool IsEvening(DateTime wall) =>
        wall.TimeOfDay == new TimeSpan(17, 30, 0) && Naive.IsWorkingDay(DateOnly.FromDateTime(wall));

    private static DateTime Wall(DateTimeOffset instant) => instant.ToOffset(Zone).DateTime;

    private static DateTime NextMinute(DateTime wall) => wall.Date.AddHours(wall.Hour).AddMinutes(wall.Minute + 1);

    private static DateTimeOffset Evening(DateTimeOffset from, int step)
    {
        var day = DateOnly.FromDateTime(Wall(from)).AddDays(step);
        while (!Naive.IsWorkingDay(day))
        {
            day = day.AddDays(step);
        }
        return new DateTimeOffset(day.ToDateTime(new TimeOnly(17, 30)), Zone);
    }

    /// <summary>Stopped at its very due a clock has nothing left: due as it goes on, or with that day's work.</summary>
    private static DateTimeOffset Expected(Case c)
    {
        var watched = WatchedOut(c);
        return watched < c.Stop ? c.Running.DueAt
            : watched > c.Stop ? watched
            : c.Span.Unit == SpanUnit.WorkingDays ? Naive.AfterWorkingDays(c.Go, 0) : c.Go;
    }

    [Fact]
    public void Due_EqualsTheReference() =>
        Cases.Sample(c => Assert.Equal(Expected(c), c.StoodStill(c.Running, c.Stop, c.Go).DueAt), iter: 5_000);

    [Fact]
    public void Alarms_EqualTheReference() => Cases.Where(c => c.Stop <= c.Running.DueAt).Sample(c =>
    {
        var still = c.StoodStill(c.Running, c.Stop, c.Go);
        var isUrgent = c.Urgency == Urgency.Urgent;
        var yellow = isUrgent ? still.DueAt.AddMinutes(-30) : Evening(still.DueAt, -1);
        var hasYellow = yellow > c.Go && (isUrgent || c.Span.Unit == SpanUnit.WorkingDays);
        var escalation = isUrgent ? still.DueAt.AddMinutes(60) : Evening(still.DueAt, 1);
        Assert.Equal((hasYellow ? yellow : null, escalation), (still.YellowAt, still.EscalateAt!.Value));
    }, iter: 2_000);

    [Fact]
    public void TwoStops_AreAsOne() => Gen.Select(Cases, Gen.Int[1, 900_000]).Sample((c, seconds) =>
    {
        var end = c.Go.AddSeconds(seconds);
        var twice = c.StoodStill(c.StoodStill(c.Running, c.Stop, c.Go), c.Go, end);
        Assert.Equal(c.StoodStill(c.Running, c.Stop, end), twice);
    }, iter: 2_000);

    [Fact]
    public void ALaterGo_NeverMakesTheDueEarlier_NorDoesAnyGo() => Gen.Select(Cases, Gen.Int[1, 900_000]).Sample((c, seconds) =>
    {
        var still = c.StoodStill(c.Running, c.Stop, c.Go);
        Assert.True(still.DueAt >= c.Running.DueAt);
        Assert.True(c.StoodStill(c.Running, c.Stop, c.Go.AddSeconds(seconds)).DueAt >= still.DueAt);
        Assert.True(still.DueAt >= c.Go || c.Stop > c.Running.DueAt);
    }, iter: 2_000);
}
