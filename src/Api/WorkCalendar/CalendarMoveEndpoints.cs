using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Api;

/// <summary>应用日历变动的理由。</summary>
/// <param name="Reason">理由，记入每件工单的办理经过。</param>
internal sealed record ApplyCalendarBody([Prose(Limits.Reason)] string Reason);

/// <summary>日历变动对时限的影响: previewed, applied with a reason by a person, followed to its end.</summary>
internal static class CalendarMoveEndpoints
{
    private const string Address = "/api/v1/calendar/moves/";

    public static PromiseMoveRun ExampleRun { get; } = new(1, 2027, "2026.1.1", MoveScope.Incomplete, "国务院办公厅关于2027年部分节假日安排的通知", "陈静", MoveStatus.Completed, 12, 12,
        new(2026, 11, 20, 1, 30, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 20, 1, 30, 1, TimeSpan.Zero));

    private static MovePreview ExamplePreview { get; } = new("2026.1.1", 1, 1, [new("T-7ZK3QF5M2XA4", "JN-20261229-0417", Clock.Reply, "答复", "DG",
        new(2027, 1, 5, 9, 30, 0, TimeSpan.Zero), new(2027, 1, 6, 9, 30, 0, TimeSpan.Zero), false)], null);

    public static void Map(RouteGroupBuilder calendar)
    {
        calendar.MapPost("/{year:int}/preview", Preview).RequireRoles(Role.Administrator, Role.OfficeDirector, Role.DeputyChief).Produces<MovePreview>()
            .ShowsRequest(new CalendarYearBody("国务院办公厅关于2027年部分节假日安排的通知", [new(2027, 1, 1), new(2027, 1, 2), new(2027, 1, 3)], [])).ShowsAnswer(ExamplePreview);
        calendar.MapPost("/{year:int}/apply", Apply).RequireRoles(Role.Administrator, Role.OfficeDirector, Role.DeputyChief).Produces<PromiseMoveRun>().Produces<PromiseMoveRun>(202)
            .ShowsRequest(new ApplyCalendarBody("国务院办公厅调整了2027年春节放假安排，按新通知顺延。")).ShowsAnswer(ExampleRun with { Scope = MoveScope.All })
            .ShowsAnswer(ExampleRun with { Scope = MoveScope.All, Status = MoveStatus.Running, Moved = 5, FinishedAt = null }, 202);
        calendar.MapGet("/moves", List).AnyRole().Produces<Listed<PromiseMoveRun>>().ShowsAnswer(new Listed<PromiseMoveRun>([ExampleRun]));
        calendar.MapGet("/moves/{number:long}", Get).AnyRole().Produces<PromiseMoveRun>().ShowsAnswer(ExampleRun);
    }

    public static IPromiseMovesGrain Moves(IGrainFactory grains) => grains.GetGrain<IPromiseMovesGrain>(IPromiseMovesGrain.Key);

    /// <summary>Provisional dues follow the notice that was missing.</summary>
    public static async Task<PromiseMoveRun?> Recompute(IGrainFactory grains, int year, string notice, Actor actor) =>
        (await Moves(grains).Order(new(year, MoveScope.Incomplete, notice, null), actor)).Value;

    /// <summary>预览放假通知对时限的影响</summary>
    /// <remarks>按所给的放假通知试算，列出哪些工单的时限将由何时变为何时。什么也不存入。延期等决定过的时限不会变动。</remarks>
    /// <param name="year">年份。</param>
    /// <param name="limit">每页工单数，1 至 200，默认 50。</param>
    internal static async Task<IResult> Preview(int year, CalendarYearBody body, IGrainFactory grains, PageSize? limit, string? cursor)
    {
        return Answer.Of(await Moves(grains).Preview(new(year, body.Notice, body.DaysOff, body.MakeUpWorkdays), limit?.Rows ?? PageSize.Usual, cursor), preview => Answer.Ok(preview));
    }

    /// <summary>应用现行日历，变动已作出的时限</summary>
    /// <remarks>
    /// 按现行日历重算全部未了结的时限，每处变动连同原时限和理由记入工单的办理经过，黄牌、红牌、升级随之。延期等决定过的时限和已办结的工单不变。
    /// 可带 If-Match 注明预览时的日历版本，日历已变则拒绝。工单很多时在后台进行（202）。
    /// </remarks>
    /// <param name="year">年份。</param>
    internal static async Task<IResult> Apply(int year, ApplyCalendarBody body, CommandContext command, IGrainFactory grains) =>
        Answer.Of(await Moves(grains).Order(new(year, MoveScope.All, body.Reason, command.Condition?.Tag), command.Call), run =>
            run.Status == MoveStatus.Running ? Answer.Accepted(Address + run.Number, run) : Answer.Ok(run));

    /// <summary>列出时限变动的记录</summary>
    /// <remarks>从新到旧，最多 200 次；没有工单受影响的不记录。</remarks>
    internal static async Task<IResult> List(IGrainFactory grains) => Answer.Ok(new Listed<PromiseMoveRun>(await Moves(grains).Runs()));

    /// <summary>查看一次时限变动的进度</summary>
    /// <param name="number" example="1">编号。</param>
    internal static async Task<IResult> Get(long number, IGrainFactory grains) =>
        (await Moves(grains).Runs()).FirstOrDefault(r => r.Number == number) is { } run ? Answer.Ok(run) : Refusal.NotFound;
}
