using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Policies;

/// <summary>时限规则 (product.md §3): from a clock's start to its due and its alarms. Pure; never reads a clock.</summary>
public static class DeadlineRules
{
    /// <summary>The promise of a clock, or null where the table has none (an urgent ticket has no divert clock).</summary>
    public static Promise? For(
        Clock clock, Nature nature, Urgency urgency, UnitTier? tier, DateTimeOffset start, DateTimeOffset? upstreamDueAt,
        WorkingCalendar calendar, DeadlinePolicy policy) =>
        For(new PromiseTerms(clock, nature, urgency, tier, start, upstreamDueAt), calendar, policy);

    /// <inheritdoc cref="For(Clock, Nature, Urgency, UnitTier?, DateTimeOffset, DateTimeOffset?, WorkingCalendar, DeadlinePolicy)"/>
    public static Promise? For(PromiseTerms terms, WorkingCalendar calendar, DeadlinePolicy policy)
    {
        if (policy.RowFor(terms.Clock, terms.Nature, terms.Tier)?.SpanOf(terms.Urgency) is not { } span)
        {
            return null;
        }
        var rule = span.After(terms.StartAt, calendar);
        var (due, compressed) = terms is { Clock: Clock.Reply, UpstreamDueAt: { } upstream }
            ? WithinUpstream(rule, terms.StartAt, upstream, calendar)
            : (rule, false);
        var promise = new Promise(
            terms.Clock, terms.StartAt.ToUniversalTime(), due.At, null, null, compressed, !due.Complete, policy.Version, calendar.Version);
        return WithAlarms(promise, terms.Urgency, HasYellow(span, terms.Urgency), promise.StartAt, calendar, policy);
    }

    /// <summary>延期: the same clock with a later due, agreed by decision. Alarms follow the new due.</summary>
    public static Promise Extended(
        Promise promise, Urgency urgency, DateTimeOffset newDueAt, WorkingCalendar calendar, DeadlinePolicy policy)
    {
        var extended = promise with
        {
            DueAt = newDueAt.ToUniversalTime(),
            Incomplete = false,
            PolicyVersion = policy.Version,
            CalendarVersion = calendar.Version,
        };
        return WithAlarms(extended, urgency, hasYellow: true, promise.StartAt, calendar, policy);
    }

    /// <summary>
    /// 时限停走: the promise after its clock stood still from a stop to a go (a return request, a suspension, away before dispatch to the
    /// same unit). What was left at the stop is left at the go: an hour clock keeps its working time, a natural clock its time on the
    /// wall, a day clock the working days from the stop's start day to the due's day and then ends with work. The kind is that of the
    /// row's span, whatever the urgency; without a row it is natural time. No due comes earlier, one that was past at the stop stays
    /// missed as it was, and a stop and a go at one instant change nothing.
    /// </summary>
    /// <param name="promise">The clock as it ran at the stop.</param>
    /// <param name="terms">What the promise was computed from.</param>
    /// <param name="stoppedAt">From when it stood still.</param>
    /// <param name="goesOnAt">From when it runs again; no yellow card falls at or before it.</param>
    /// <param name="calendar">Counts what was left and what follows; a year it has no notice for marks the promise incomplete.</param>
    /// <param name="policy">The version that the promise names.</param>
    public static Promise StoodStill(
        Promise promise, PromiseTerms terms, DateTimeOffset stoppedAt, DateTimeOffset goesOnAt,
        WorkingCalendar calendar, DeadlinePolicy policy)
    {
        if (goesOnAt <= stoppedAt || promise.DueAt < stoppedAt)
        {
            return promise;
        }
        var span = policy.RowFor(promise.Clock, terms.Nature, terms.Tier)?.SpanOf(terms.Urgency) ?? Span.Minutes(1);
        var due = DueAfterStandstill(span.Unit, promise.DueAt, stoppedAt, goesOnAt, calendar);
        var moved = promise with
        {
            DueAt = Later(promise.DueAt, due.At),
            Incomplete = promise.Incomplete || !due.Complete,
            PolicyVersion = policy.Version,
            CalendarVersion = calendar.Version,
        };
        return WithAlarms(moved, terms.Urgency, HasYellow(span, terms.Urgency), goesOnAt, calendar, policy);
    }

    /// <summary>挂起: the last day (Asia/Shanghai) to which a suspension that begins now may run, the 30th working day after today.</summary>
    public static DateOnly LatestSuspension(DateTimeOffset now, WorkingCalendar calendar) =>
        ShanghaiTime.DateOf(calendar.EndOfWorkingDayAfter(ShanghaiTime.DateOf(now), DeadlinePolicy.SuspensionCapWorkingDays).At);

    /// <summary>Whether a new due is later than the current one by at most the policy's working days (10).</summary>
    public static bool ExtensionWithinCap(Promise reply, DateTimeOffset newDueAt, WorkingCalendar calendar, DeadlinePolicy policy) =>
        newDueAt > reply.DueAt && newDueAt <= LatestExtension(reply, calendar, policy).At;

    /// <summary>The latest due an extension may set: the end of work of the Nth working day after the current due's day.</summary>
    public static Due LatestExtension(Promise reply, WorkingCalendar calendar, DeadlinePolicy policy) =>
        calendar.EndOfWorkingDayAfter(ShanghaiTime.DateOf(reply.DueAt), policy.ExtensionCapWorkingDays);

    /// <summary>
    /// The promise as another calendar or policy version makes it, from the same start. A due that was moved by decision stays where
    /// it was put; only its alarms are set anew. A clock that the other policy does not have keeps its promise.
    /// </summary>
    public static Promise Recomputed(
        Promise promise, PromiseTerms terms, bool wasExtended, WorkingCalendar calendar, DeadlinePolicy policy) =>
        wasExtended
            ? Extended(promise, terms.Urgency, promise.DueAt, calendar, policy)
            : For(terms with { Clock = promise.Clock, StartAt = promise.StartAt }, calendar, policy) ?? promise;

    // A day clock never has less than no day left: stopped after the work of its due's day, it ends with work on the go's start day.
    private static Due DueAfterStandstill(
        SpanUnit unit, DateTimeOffset due, DateTimeOffset stop, DateTimeOffset go, WorkingCalendar calendar)
    {
        if (unit is not (SpanUnit.WorkingDays or SpanUnit.WorkingHours))
        {
            return new Due(go + (due - stop), Complete: true);
        }
        var moved = unit == SpanUnit.WorkingHours
            ? calendar.AfterWorkingHours(go, calendar.WorkingTimeBetween(stop, due))
            : calendar.AfterWorkingDays(go, Math.Max(0, WorkingDaysLeft(stop, due, calendar)));
        return moved with { Complete = moved.Complete && calendar.AreLoaded(ShanghaiTime.DateOf(stop), ShanghaiTime.DateOf(due)) };
    }

    private static int WorkingDaysLeft(DateTimeOffset stop, DateTimeOffset due, WorkingCalendar calendar)
    {
        var startDay = ShanghaiTime.DateOf(calendar.AfterWorkingDays(stop, 0).At);
        return calendar.WorkingDaysBetween(startDay, ShanghaiTime.DateOf(due));
    }

    // The inner due is the end of the last working day before the upstream due's day. When that is not after the start, nothing is left
    // but the upstream due itself; only a due that is truly earlier than the rule's compresses, an equal one leaves the unit its full time.
    private static (Due Due, bool Compressed) WithinUpstream(Due rule, DateTimeOffset start, DateTimeOffset upstream, WorkingCalendar calendar)
    {
        var inner = calendar.EndOfLastWorkingDayBefore(upstream);
        var isSure = (rule.Complete && inner.Complete) || IsCoveredByKnownDay(rule, upstream, calendar);
        if (inner.At > start)
        {
            return (new Due(Earlier(rule.At, inner.At), isSure), false);
        }
        var compressed = upstream < rule.At;
        return (new Due(Earlier(rule.At, upstream), isSure), compressed);
    }

    // A known working day that ends no earlier than the rule and lies before the upstream due's day settles the matter, whatever an
    // unloaded year between them may bring.
    private static bool IsCoveredByKnownDay(Due rule, DateTimeOffset upstream, WorkingCalendar calendar)
    {
        var day = ShanghaiTime.DateOf(rule.At);
        return rule.Complete && day < ShanghaiTime.DateOf(upstream) && calendar.IsLoaded(day.Year)
            && calendar.IsWorkingDay(day) && ShanghaiTime.TimeOf(rule.At) <= calendar.Hours.Intervals[^1].End;
    }

    private static bool HasYellow(Span span, Urgency urgency) => urgency == Urgency.Urgent || span.Unit == SpanUnit.WorkingDays;

    // The last moments of a return request and of a diversion only bar the command afterwards; nobody is warned of them.
    private static Promise WithAlarms(
        Promise promise, Urgency urgency, bool hasYellow, DateTimeOffset runsFrom, WorkingCalendar calendar, DeadlinePolicy policy)
    {
        if (promise.Clock is Clock.Return or Clock.Divert)
        {
            return promise;
        }
        var yellow = hasYellow ? Yellow(promise.DueAt, urgency, runsFrom, policy.Lead, calendar) : null;
        var escalation = Escalation(promise.DueAt, urgency, policy.Lag, calendar);
        return promise with
        {
            YellowAt = yellow?.At,
            EscalateAt = escalation.At,
            Incomplete = promise.Incomplete || !escalation.Complete || yellow is { Complete: false },
        };
    }

    // Never at or before the instant from which the clock runs.
    private static Due? Yellow(DateTimeOffset due, Urgency urgency, DateTimeOffset runsFrom, AlarmDistance lead, WorkingCalendar calendar)
    {
        if (urgency == Urgency.Urgent)
        {
            var minutes = TimeSpan.FromMinutes(lead.UrgentMinutes);
            return due - runsFrom > minutes ? new Due(due - minutes, Complete: true) : null;
        }
        var yellow = calendar.EndOfWorkingDayBefore(ShanghaiTime.DateOf(due), lead.WorkingDays);
        return yellow.At > runsFrom ? yellow : null;
    }

    // One working day later is the end of the next working day after the due's day: a whole working day, whether the due is 17:30 or noon.
    private static Due Escalation(DateTimeOffset due, Urgency urgency, AlarmDistance lag, WorkingCalendar calendar) =>
        urgency == Urgency.Urgent
            ? new Due(due.AddMinutes(lag.UrgentMinutes), Complete: true)
            : calendar.EndOfWorkingDayAfter(ShanghaiTime.DateOf(due), lag.WorkingDays);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => (a <= b ? a : b).ToUniversalTime();

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => (a >= b ? a : b).ToUniversalTime();
}
