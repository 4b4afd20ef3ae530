using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Hotline.WorkCalendar;

namespace Hotline.Api;

/// <summary>一个年份的放假通知。</summary>
/// <param name="Notice">放假通知的名称或文号。</param>
/// <param name="DaysOff">放假的全部日期，包括其中的周末。</param>
/// <param name="MakeUpWorkdays">调休上班的周末日期。</param>
/// <param name="Reason">修改原因，记入历史；不填则以通知名称为准。</param>
internal sealed record CalendarYearBody([Line(Limits.Title)] string Notice, IReadOnlyList<DateOnly> DaysOff, IReadOnlyList<DateOnly> MakeUpWorkdays, [Line(Limits.Title)] string? Reason = null);

/// <summary>工作日的一个工作时段，起点在内，终点在外。</summary>
/// <param name="Start">开始。</param>
/// <param name="End">结束。</param>
internal sealed record WorkPeriod(TimeOnly Start, TimeOnly End);

/// <summary>一个年份的工作日历。</summary>
/// <param name="Year">年份。</param>
/// <param name="Notice">放假通知的名称或文号。</param>
/// <param name="DaysOff">放假日期。</param>
/// <param name="MakeUpWorkdays">调休上班日期。</param>
/// <param name="WorkingHours">每个工作日的工作时段。</param>
/// <param name="Version">日历版本，工单的时限会注明所依据的版本。</param>
/// <param name="ChangedDays">本次修改使其性质改变的日期。</param>
/// <param name="Recomputed">首次导入该年时，对暂按周末计算的时限的重算；其余时限不自动变动。</param>
/// <param name="Pending">预览：若应用现行日历，还有哪些时限将会变动（前 50 件工单）。</param>
internal sealed record CalendarYear(int Year, string Notice, IReadOnlyList<DateOnly> DaysOff, IReadOnlyList<DateOnly> MakeUpWorkdays,
    IReadOnlyList<WorkPeriod> WorkingHours, string Version, IReadOnlyList<DateOnly>? ChangedDays = null, PromiseMoveRun? Recomputed = null,
    MovePreview? Pending = null);

/// <summary>推算出的到期时间。</summary>
/// <param name="DueAt">到期时间。</param>
/// <param name="Complete">为 false 时，推算用到了尚未导入放假通知的年份，该年暂按普通周末计算。</param>
/// <param name="CalendarVersion">所依据的日历版本。</param>
internal sealed record DueAnswer(DateTimeOffset DueAt, bool Complete, string CalendarVersion);

/// <summary>工作日历: read, replaced year by year, and asked for due instants.</summary>
internal static class CalendarEndpoints
{
    private const int MostDays = 2_000;
    private const int MostHours = 10_000;

    public static void Map(RouteGroupBuilder api)
    {
        var calendar = api.MapGroup("/calendar").WithTags(Tags.Calendar);
        DateOnly[] off = [new(2027, 1, 1), new(2027, 1, 2), new(2027, 1, 3)];
        var example = new CalendarYear(2027, "国务院办公厅关于2027年部分节假日安排的通知", off, [], Hours(WorkingHours.Default), "2026.1.1", off, CalendarMoveEndpoints.ExampleRun,
            new("2026.1.1", 0, 0, [], null));
        calendar.MapGet("/{year:int}", Get).AnyRole().Produces<CalendarYear>().ShowsAnswer(example with { ChangedDays = null, Recomputed = null, Pending = null });
        calendar.MapPut("/{year:int}", Put).RequireRoles(Role.Administrator).Produces<CalendarYear>().Produces<CalendarYear>(201).Refuses(428)
            .ShowsRequest(new CalendarYearBody(example.Notice, off, [])).ShowsAnswer(example, 201);
        CalendarMoveEndpoints.Map(calendar);
        calendar.MapGet("/due", Due).AnyRole().Produces<DueAnswer>()
            .ShowsAnswer(new DueAnswer(new(2026, 2, 27, 9, 30, 0, TimeSpan.Zero), true, "2026.1"));
    }

    /// <summary>查看某年的工作日历</summary>
    /// <remarks>系统自带 2004 年至 2026 年的放假安排；以后各年在国务院办公厅发布通知后导入。</remarks>
    /// <param name="year">年份。</param>
    internal static async Task<IResult> Get(int year, CalendarSource source)
    {
        var calendar = await source.Refresh();
        return calendar.NoticeOf(year) is { } notice
            ? Answer.Ok(View(notice, calendar), calendar.Version)
            : new Refusal(404, "calendar.year-not-loaded", "该年的放假通知尚未导入，时限暂按普通周末计算。");
    }

    /// <summary>导入或替换某年的放假通知</summary>
    /// <remarks>
    /// 首次导入立即生效，并以放假通知为由重算因缺少该年通知而暂按周末计算的时限（见 recomputed；很多时在后台进行）。
    /// 替换已有年份须带 If-Match（428），只用于新的时限；已作出的时限承诺不自动变动，pending 列出受影响的工单，由有权人员以理由应用。
    /// 工作中的其他时限若因本次导入而不同，同样只列入 pending。相同内容重复导入没有影响。
    /// </remarks>
    /// <param name="year">年份。</param>
    internal static async Task<IResult> Put(int year, CalendarYearBody body, CommandContext command, IGrainFactory grains, CalendarSource source)
    {
        var before = (await source.Newest()).Value;
        var expected = command.Condition is { IsAny: true } ? before.Version : command.Condition?.Tag;
        var stored = await grains.GetGrain<ICalendarGrain>(ICalendarGrain.Key)
            .PutYear(new(year, body.Notice, body.DaysOff, body.MakeUpWorkdays), expected, body.Reason ?? "", command.Call);
        if (stored.Rejection is { } refused)
        {
            return Refusal.Of(refused);
        }

        var after = (await source.Newest()).Value;
        var view = View(after.NoticeOf(year)!, after) with { ChangedDays = stored.Value!.ChangedDays };
        try
        {
            view = view with
            {
                Recomputed = before.IsLoaded(year) && stored.Value.From != stored.Value.To ? null : await CalendarMoveEndpoints.Recompute(grains, year, body.Notice, command.Actor),
                Pending = (await CalendarMoveEndpoints.Moves(grains).Preview(null, PageSize.Usual, null)).Value,
            };
        }
        catch (Exception fault) when (WriteOutcomes.Of(fault) is not null)
        {
            // The notice is in force; its effect on running dues is settled by the job, and previewed when somebody asks.
        }

        return before.IsLoaded(year) ? Answer.Ok(view, after.Version) : Answer.Created($"/api/v1/calendar/{year}", view, after.Version);
    }

    /// <summary>推算到期时间</summary>
    /// <remarks>按工作日（workingDays）或工作小时（workingHours）推算，二者填一个。</remarks>
    /// <param name="start">起算时间，须带时区偏移，例如 2026-10-09T16:00:00+08:00（网址中的加号写作 %2B）。</param>
    /// <param name="workingDays">工作日数，0 至 2000。</param>
    /// <param name="workingHours">工作小时数，可带小数，0 至 10000。</param>
    internal static async Task<IResult> Due(InstantParameter start, int? workingDays, decimal? workingHours, CalendarSource source)
    {
        if (workingDays is null == workingHours is null)
        {
            return Refusal.OfInput([new("?workingDays", "validation.required", "请在 workingDays 与 workingHours 中填写一个。")]);
        }
        if (workingDays is < 0 or > MostDays || workingHours is < 0 or > MostHours)
        {
            return Refusal.OfInput([new(workingDays is null ? "?workingHours" : "?workingDays", "validation.range", "数值超出允许的范围。")]);
        }
        var calendar = await source.Refresh();
        var due = workingDays is { } days
            ? calendar.AfterWorkingDays(start.Instant, days)
            : calendar.AfterWorkingHours(start.Instant, TimeSpan.FromTicks((long)(workingHours!.Value * TimeSpan.TicksPerHour)));
        return Answer.Ok(new DueAnswer(due.At, due.Complete, calendar.Version));
    }

    private static CalendarYear View(HolidayYear notice, WorkingCalendar calendar) =>
        new(notice.Year, notice.Notice, notice.DaysOff, notice.MakeUpWorkdays, Hours(calendar.Hours), calendar.Version);

    private static WorkPeriod[] Hours(WorkingHours hours) => [.. hours.Intervals.Select(i => new WorkPeriod(i.Start, i.End))];
}
