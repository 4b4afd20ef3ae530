using CsCheck;

namespace Hotline.WorkCalendar;

/// <summary>The calendar against the naive reference, and properties that hold for every calendar.</summary>
public sealed class CalendarReferenceTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Shipped;
    private static readonly NaiveCalendar Naive = new(Calendar.Years);
    private static readonly DateTimeOffset First = new(2004, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));

    private static readonly int[] Edges = [0, 540, 720, 810, 1050];

    private static readonly Gen<DateTimeOffset> Instant = Gen.Int.Select(seed => AnInstant(new Random(seed)));

    // Instants 2004–2027; half of them close to the edges of days and intervals, where mistakes live.
    private static DateTimeOffset AnInstant(Random random) =>
        First.AddDays(random.Next((24 * 365) + 6)).AddSeconds(random.Next(2) == 0
            ? (Edges[random.Next(Edges.Length)] * 60) + random.Next(-2, 3)
            : random.Next(86_400));

    [Fact]
    public void WorkingDays_EqualTheReference()
    {
        var random = new Random(2004);
        for (var i = 0; i < 6_000; i++)
        {
            var (start, days) = (AnInstant(random), random.Next(31));
            Assert.Equal(Naive.AfterWorkingDays(start, days), Calendar.AfterWorkingDays(start, days).At);
        }
    }

    [Fact]
    public void WorkingHours_EqualTheReference()
    {
        var random = new Random(2012);
        for (var i = 0; i < 6_000; i++)
        {
            // Half of the spans are whole half-hours, so that many end where an interval ends.
            var span = i % 2 == 0 ? TimeSpan.FromMinutes(30 * random.Next(41)) : TimeSpan.FromSeconds(random.Next(20 * 3600));
            var start = AnInstant(random);
            Assert.Equal(Naive.AfterWorkingHours(start, span), Calendar.AfterWorkingHours(start, span).At);
        }
    }

    [Fact]
    public void WorkingTimeBetween_EqualsTheReference()
    {
        var random = new Random(2026);
        for (var i = 0; i < 3_000; i++)
        {
            var from = AnInstant(random);
            var to = from.AddSeconds(random.Next(20 * 86_400));
            Assert.Equal(Naive.WorkingTimeBetween(from, to), Calendar.WorkingTimeBetween(from, to));
            Assert.Equal(-Naive.WorkingTimeBetween(from, to), Calendar.WorkingTimeBetween(to, from));
        }
    }

    [Fact]
    public void EveryDayFrom2003To2028_IsWorkedAsTheReferenceSays()
    {
        for (var day = new DateOnly(2003, 1, 1); day.Year <= 2028; day = day.AddDays(1))
        {
            Assert.Equal(Naive.IsWorkingDay(day), Calendar.IsWorkingDay(day));
            var before = day.AddDays(-1);
            while (!Naive.IsWorkingDay(before))
            {
                before = before.AddDays(-1);
            }
            Assert.Equal(new DateTimeOffset(before.ToDateTime(new TimeOnly(17, 30)), TimeSpan.FromHours(8)), Calendar.EndOfLastWorkingDayBefore(day).At);
            Assert.Equal(Naive.IsWorkingDay(day) ? 1 : 0, Calendar.WorkingDaysBetween(day.AddDays(-1), day));
        }
    }

    [Fact]
    public void ALaterStart_IsNeverDueEarlier() =>
        Gen.Select(Instant, Gen.Int[0, 500_000], Gen.Int[0, 30]).Sample((start, seconds, n) =>
            Calendar.AfterWorkingDays(start, n).At <= Calendar.AfterWorkingDays(start.AddSeconds(seconds), n).At
            && Calendar.AfterWorkingHours(start, TimeSpan.FromHours(n)).At <= Calendar.AfterWorkingHours(start.AddSeconds(seconds), TimeSpan.FromHours(n)).At);

    [Fact]
    public void HoursRunInTwoParts_AreDueAsInOne() =>
        Gen.Select(Instant, Gen.Int[1, 90_000], Gen.Int[1, 90_000]).Sample((start, a, b) =>
            Calendar.AfterWorkingHours(Calendar.AfterWorkingHours(start, TimeSpan.FromSeconds(a)).At, TimeSpan.FromSeconds(b)).At
            == Calendar.AfterWorkingHours(start, TimeSpan.FromSeconds(a + b)).At);

    [Fact]
    public void TimeBetweenStartAndDue_IsTheTimeGiven_AndASecondEarlierItIsNot() =>
        Gen.Select(Instant, Gen.Int[1, 200_000]).Sample((start, seconds) =>
        {
            var due = Calendar.AfterWorkingHours(start, TimeSpan.FromSeconds(seconds)).At;
            return Calendar.WorkingTimeBetween(start, due) == TimeSpan.FromSeconds(seconds)
                && Calendar.WorkingTimeBetween(start, due.AddSeconds(-1)) < TimeSpan.FromSeconds(seconds);
        });

    [Fact]
    public void OneMoreDay_IsTheNextWorkingDay() =>
        Gen.Select(Instant, Gen.Int[0, 40]).Sample((start, days) =>
        {
            var (first, second) = (Calendar.AfterWorkingDays(start, days).At, Calendar.AfterWorkingDays(start, days + 1).At);
            return Calendar.WorkingDaysBetween(ShanghaiTime.DateOf(first), ShanghaiTime.DateOf(second)) == 1
                && Calendar.EndOfLastWorkingDayBefore(second).At == first
                && Calendar.EndOfWorkingDayAfter(ShanghaiTime.DateOf(first), 1).At == second;
        });

    [Fact]
    public void ArbitraryNotices_EqualTheReference() =>
        Gen.Select(Gen.Int[0, 400].List[0, 60], Gen.Int[0, 400].List[0, 60], Gen.Int[0, 400], Gen.Int[0, 60]).Sample((off, worked, start, days) =>
        {
            var first = new DateOnly(2026, 1, 1);
            var year = new HolidayYear(2026, "试", [.. off.Except(worked).Select(first.AddDays)], [.. worked.Select(first.AddDays)]);
            var at = new DateTimeOffset(first.AddDays(start).ToDateTime(new TimeOnly(10, 0)), TimeSpan.FromHours(8));
            return WorkingCalendar.Create("t", [year]).AfterWorkingDays(at, days).At == new NaiveCalendar([year]).AfterWorkingDays(at, days);
        });
}
