using Hotline.Policies;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Silo.Demo;

/// <summary>First stage: which matters come in, when, to which unit, and what is promised.</summary>
internal sealed class DemoIntake(DemoBranch branch, DemoDice dice, WorkingCalendar calendar)
{
    private const double WeekendShare = 0.6;

    /// <summary>How the hours of a day share the calls, midnight first.</summary>
    private static readonly double[] Hours = [2, 1, 1, 1, 1, 1, 2, 4, 8, 10, 10, 8, 5, 5, 8, 9, 8, 7, 5, 6, 7, 7, 5, 3];
    private static readonly int[] HoursOfDay = [.. Enumerable.Range(0, 24)];

    /// <summary>A month's tickets of one unit.</summary>
    public IEnumerable<DemoDraft> Month(DemoUnit unit, Month month)
    {
        var topics = branch.Topics.Where(t => WeightFor(t, unit) > 0).ToList();
        var count = (int)Math.Round(unit.Volume * Season(topics, unit, month) * dice.Between(0.9, 1.06));
        var topicWeights = topics.ConvertAll(t => WeightFor(t, unit) * SeasonOf(t, month));
        var days = Enumerable.Range(0, month.LastDay.Day).Select(month.FirstDay.AddDays).ToList();
        var dayWeights = days.ConvertAll(d => calendar.IsWorkingDay(d) ? 1 : WeekendShare);
        for (var i = 0; i < count; i++)
        {
            var topic = dice.Pick(topics, topicWeights);
            var at = new TimeOnly(dice.Pick(HoursOfDay, Hours), dice.Below(60), dice.Below(60));
            yield return Draft(unit, topic, ShanghaiTime.At(dice.Pick(days, dayWeights), at));
        }
    }

    private static double SeasonOf(DemoTopic topic, Month month) => topic.Peak.Contains(month.Number) ? topic.PeakFactor : 1;

    /// <summary>Weight of a topic in a unit: stations share what the brigade does not take.</summary>
    private static double WeightFor(DemoTopic topic, DemoUnit unit) => unit.Tier == UnitTier.Station
        ? topic.Weight * (100 - topic.BrigadeShare)
        : topic.Brigade == unit.Code ? topic.Weight * topic.BrigadeShare : 0;

    /// <summary>1 on the average of the year; summer stands out by noise and dogs.</summary>
    private static double Season(List<DemoTopic> topics, DemoUnit unit, Month month)
    {
        double In(int number) => topics.Sum(t => WeightFor(t, unit) * SeasonOf(t, new Month(month.Year, number)));
        return In(month.Number) / Enumerable.Range(1, 12).Average(In);
    }

    private DemoDraft Draft(DemoUnit unit, DemoTopic topic, DateTimeOffset received)
    {
        var nature = dice.Pick([.. topic.Natures.Keys], [.. topic.Natures.Values]);
        var urgency = dice.Chance(topic.Urgent / 100) ? Urgency.Urgent : Urgency.Ordinary;
        var dispatched = urgency == Urgency.Urgent
            ? received.AddSeconds(dice.Below(12 * 60) + 60)
            : calendar.AfterWorkingHours(received, TimeSpan.FromSeconds(dice.Below(95 * 60) + 240)).At;
        var upstream = urgency == Urgency.Urgent ? null : Upstream(unit, nature, dispatched);
        return new DemoDraft
        {
            Unit = unit,
            Topic = topic,
            Nature = nature,
            Urgency = urgency,
            ReceivedAt = received,
            DispatchedAt = dispatched,
            UpstreamDueAt = upstream,
            Reply = Promise(unit, nature, urgency, dispatched, upstream),
        };
    }

    private Promise Promise(DemoUnit unit, Nature nature, Urgency urgency, DateTimeOffset dispatched, DateTimeOffset? upstream) =>
        DeadlineRules.For(Clock.Reply, nature, urgency, unit.Tier, dispatched, upstream, calendar, DeadlinePolicy.V1)!;

    /// <summary>The city's own due: mostly wide, sometimes a day tighter than the rule, rarely so tight that it compresses.</summary>
    private DateTimeOffset? Upstream(DemoUnit unit, Nature nature, DateTimeOffset dispatched)
    {
        if (!dice.Chance(0.35))
        {
            return null;
        }
        var due = ShanghaiTime.DateOf(Promise(unit, nature, Urgency.Ordinary, dispatched, null).DueAt);
        return dice.Below(100) switch
        {
            < 3 => ShanghaiTime.At(ShanghaiTime.DateOf(dispatched), new TimeOnly(23, 0)),
            < 20 => ShanghaiTime.At(due, new TimeOnly(17, 30)),
            _ => calendar.EndOfWorkingDayAfter(due, 1 + dice.Below(4)).At,
        };
    }
}
