using System.Globalization;
using Hotline.Shared;
using Hotline.Tickets;
using Hotline.WorkCalendar;

namespace Hotline.Silo.Demo;

/// <summary>A generated ticket.</summary>
/// <param name="KeepOpen">A recent one that goes on: a step past its time is an open red card, not an old case to be closed as it stands.</param>
internal sealed record DemoTicket(HistoryRecord Row, bool KeepOpen);

/// <summary>
/// A generated branch: twelve full months and the running one. The same seed and instant give the same history, made under the
/// deadline rules and the calendar that the replay uses.
/// </summary>
/// <param name="Tickets">To be replayed, in the order in which they were received.</param>
/// <param name="Waiting">Received, not yet dispatched at the instant: to be registered as they are.</param>
internal sealed record DemoHistory(DemoBranch Branch, Month First, Month Running, IReadOnlyList<DemoTicket> Tickets, IReadOnlyList<Register> Waiting)
{
    /// <summary>A ticket with something going on in these last days stays open.</summary>
    private const int RecentDays = 10;

    /// <summary>So many of the newest wait for the dispatcher, whatever the hour.</summary>
    private const int Newest = 6;

    public static DemoHistory Generate(int seed, DateTimeOffset now, WorkingCalendar calendar)
    {
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)).ToUniversalTime();
        var dice = new DemoDice(seed);
        var branch = DemoBranch.Read();
        var running = ShanghaiTime.MonthOf(now);
        var months = Back(running, DemoScript.Months);
        var drafts = Drafts(branch, months, now, dice, calendar);
        var maker = new Maker(new DemoTexts(branch, dice), dice, now);
        var inOrder = drafts.OrderBy(d => d.ReceivedAt).ThenBy(d => d.Unit.Code, StringComparer.Ordinal).ToList();
        var waiting = inOrder.Where(d => d.DispatchedAt >= now).Union(inOrder.TakeLast(Newest)).ToHashSet();
        return new DemoHistory(
            branch, months[0], running, [.. inOrder.Where(d => !waiting.Contains(d)).Select(maker.Ticket)], [.. waiting.Select(maker.Waiting)]);
    }

    private static List<DemoDraft> Drafts(DemoBranch branch, List<Month> months, DateTimeOffset now, DemoDice dice, WorkingCalendar calendar)
    {
        var intake = new DemoIntake(branch, dice, calendar);
        var handling = new DemoHandling(dice, calendar);
        var answers = new DemoAnswers(branch, dice);
        var drafts = months.SelectMany(m => branch.Units.SelectMany(u => intake.Month(u, m))).Where(d => d.ReceivedAt < now).ToList();
        foreach (var (bucket, quality) in Buckets(drafts, d => d.Reply.DueAt, months[^1]))
        {
            handling.Judge(bucket, quality);
        }
        drafts.ForEach(handling.Work);
        foreach (var (bucket, quality) in Buckets(drafts.Where(d => d.CalledBackAt is not null), d => d.CalledBackAt!.Value, months[^1]))
        {
            answers.Give(bucket, quality);
        }
        return drafts;
    }

    private static IEnumerable<(List<DemoDraft> Bucket, DemoQuality Quality)> Buckets(
        IEnumerable<DemoDraft> drafts, Func<DemoDraft, DateTimeOffset> at, Month running) =>
        drafts.GroupBy(d => (d.Unit, Month: ShanghaiTime.MonthOf(at(d))))
            .Select(g => (g.ToList(), DemoScript.QualityOf(g.Key.Unit, DemoScript.MonthsAgo(g.Key.Month, running))));

    private static List<Month> Back(Month running, int count)
    {
        var months = new List<Month> { running };
        for (var i = 0; i < count; i++)
        {
            months.Insert(0, months[0].Previous);
        }
        return months;
    }

    /// <summary>Last stage: numbers, texts, and nothing later than now.</summary>
    private sealed class Maker(DemoTexts texts, DemoDice dice, DateTimeOffset now)
    {
        private static readonly string[] Sources = ["12345", "110", "网站", "来访"];
        private static readonly double[] SourceWeights = [90, 5, 3, 2];
        private static readonly OutcomeType[] Outcomes =
            [OutcomeType.Solved, OutcomeType.UnlawfulExplained, OutcomeType.ImpossibleNow, OutcomeType.LongerStatutoryLimit];

        private static readonly double[] OutcomeWeights = [86, 7, 4, 3];

        private DateOnly _day;
        private int _number;

        public DemoTicket Ticket(DemoDraft d)
        {
            var text = texts.Of(d);
            var replied = Past(d.RepliedAt);
            var called = Past(d.CalledBackAt);
            var row = new HistoryRecord(
                Source(), NextNumber(d.ReceivedAt), d.Nature, d.Urgency, d.Topic.Name, text.Title, text.Content, text.Place, text.Caller,
                d.ReceivedAt, d.UpstreamDueAt, d.Unit.Code, d.DispatchedAt, Past(d.AcceptedAt), Past(d.ContactedAt),
                replied, replied is null ? null : text.Reply, replied is null ? null : Outcome(), Past(d.ReviewedAt),
                called, called is null ? null : d.Result, called is null ? null : d.ExclusionReason);
            var last = d.CalledBackAt ?? d.ReviewedAt ?? d.RepliedAt ?? d.Reply.DueAt;
            return new DemoTicket(row, KeepOpen: last > now.AddDays(-RecentDays));
        }

        public Register Waiting(DemoDraft d)
        {
            var text = texts.Of(d);
            return new Register(Source(), NextNumber(d.ReceivedAt), d.Nature, d.Urgency, d.Topic.Name, text.Title, text.Content, text.Place, text.Caller,
                d.ReceivedAt, d.UpstreamDueAt);
        }

        private DateTimeOffset? Past(DateTimeOffset? at) => at < now ? at : null;

        private string Source() => dice.Pick(Sources, SourceWeights);

        private OutcomeType Outcome() => dice.Pick(Outcomes, OutcomeWeights);

        private string NextNumber(DateTimeOffset received)
        {
            var day = ShanghaiTime.DateOf(received);
            (_number, _day) = (day == _day ? _number + 1 : 1, day);
            return string.Create(CultureInfo.InvariantCulture, $"YS{day:yyyyMMdd}{_number:0000}");
        }
    }
}
