using Hotline.Policies;
using Hotline.Reminders;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>月末: which tables are to be closed, and of what their keepers are reminded on the way to publication.</summary>
internal static class MonthCloseRules
{
    /// <summary>异议期: units file exclusion requests for so many working days after the close.</summary>
    public const int WindowDays = 3;

    /// <summary>Working days after the window's end by which the table is to be published (to be confirmed by the branch, 待分局确认).</summary>
    public const int PublicationDays = 2;

    /// <summary>A month is closed at 00:10, not on the stroke of midnight: what its last minutes brought is stored by then.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    internal static IReadOnlyList<Role> Keepers { get; } = [Role.OfficeDirector, Role.Leader];

    /// <summary>The finished months from the month of the first ticket registered live, in order.</summary>
    public static IEnumerable<Month> Finished(DateTimeOffset? firstLive, DateTimeOffset now)
    {
        if (firstLive is { } first)
        {
            for (var month = ShanghaiTime.MonthOf(first); month < ShanghaiTime.MonthOf(now - Grace); month = month.Next)
            {
                yield return month;
            }
        }
    }

    /// <summary>The tables that count in a month.</summary>
    public static IReadOnlyList<LeagueTier> Tiers(TableForm form) => form == TableForm.Single ? [LeagueTier.All] : [LeagueTier.Station, LeagueTier.Brigade];

    /// <summary>What a closed and unpublished table reminds of by now. A window that is over ends no more: then only the overdue publication counts.</summary>
    public static IReadOnlyList<Reminder> Due(Month month, LeagueTier tier, LeagueStanding standing, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (standing.ClosedAt is not { } closedAt)
        {
            return [];
        }
        var window = WindowEnd(closedAt, calendar);
        var publication = calendar.AfterWorkingDays(window, PublicationDays).At;
        var dayBefore = ShanghaiTime.At(ShanghaiTime.DateOf(calendar.EndOfLastWorkingDayBefore(window).At), TimeOnly.MinValue);
        var name = $"{month.Year}年{month.Number}月{NameOf(tier)}排名表";
        List<Reminder> due = [new(ReminderKind.TableProvisional, Subject(month, tier), Keepers,
            $"{name}已预公布，异议期至{Day(window)}。请核对数字，处理剔除申请，异议期满后提请公布。", now, window)];
        if (standing.Proposal is null && now >= dayBefore && now <= window)
        {
            due.Add(new(ReminderKind.WindowEnds, Subject(month, tier), Keepers,
                $"{name}的异议期将于{Day(window)}结束。请决定未了的剔除申请，并准备提请公布。", now, window));
        }
        if (now > publication)
        {
            due.Add(new(ReminderKind.PublicationOverdue, Subject(month, tier), Keepers,
                $"{name}应于{Day(publication)}前公布，现已逾期。请{(standing.Proposal is null ? "提请公布，并由另一人批准" : "由另一人批准公布")}。", now, publication));
        }
        return due;
    }

    /// <summary>What the heads of the units are told of: that the objection window is open, and on its last day that it ends. Over, or once the figures are
    /// proposed, it is settled.</summary>
    public static IReadOnlyList<Reminder> ForUnits(Month month, LeagueTier tier, LeagueStanding standing, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (standing is not { ClosedAt: { } closedAt, Proposal: null } || WindowEnd(closedAt, calendar) is var window && now > window)
        {
            return [];
        }
        var name = $"{month.Year}年{month.Number}月{NameOf(tier)}排名表";
        Reminder opens = new(ReminderKind.ObjectionOpens, ObjectionSubject(month, tier), [Role.UnitHead],
            $"{name}已预公布。请核对本单位的数字；有异议的，于{Day(window)}前申请剔除并附证据。", now, window);
        Reminder last = new(ReminderKind.ObjectionLastDay, ObjectionSubject(month, tier), [Role.UnitHead],
            $"{name}的异议期于{Day(window)}结束，这是最后一天。", now, window);
        return ShanghaiTime.DateOf(now) == ShanghaiTime.DateOf(window) ? [opens, last] : [opens];
    }

    /// <summary>Under what the units' reminders of a table are known.</summary>
    public static string ObjectionSubject(Month month, LeagueTier tier) => Subject(month, tier) + "/objection";

    /// <summary>Months of history alone have no window: nobody was there to object.</summary>
    public static bool HasWindow(Month month, DateTimeOffset? firstLive) => firstLive is { } first && month >= ShanghaiTime.MonthOf(first);

    /// <summary>The last instant of the objection window: the end of work of its last working day.</summary>
    public static DateTimeOffset WindowEnd(DateTimeOffset closedAt, WorkingCalendar calendar) => calendar.AfterWorkingDays(closedAt, WindowDays).At;

    /// <summary>Under what a table's reminders are known.</summary>
    public static string Subject(Month month, LeagueTier tier) => $"league/{month}/{Codes.Of(tier)}";

    private static string NameOf(LeagueTier tier) => tier switch
    {
        LeagueTier.Station => "派出所",
        LeagueTier.Brigade => "大队",
        _ => "派出所与大队合并",
    };

    /// <summary>An instant as texts say it: 10月9日17:30.</summary>
    internal static string Day(DateTimeOffset at)
    {
        var (day, time) = (ShanghaiTime.DateOf(at), ShanghaiTime.TimeOf(at));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{day.Month}月{day.Day}日{time:HH\\:mm}");
    }
}
