using Hotline.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Hotline.Api;

/// <summary>本机时钟。</summary>
/// <param name="Status">steady 正常；jumped 发生跳变，预警和关账暂停，等待确认；skewed 与数据库相差超过一秒，暂停办理。</param>
/// <param name="OffsetSeconds">比参照的时钟快多少秒；参照的是数据库的时钟，使用 SQLite 时为机器的单调时钟。</param>
/// <param name="Now">本机现在的时间。</param>
internal sealed record ClockView(string Status, double OffsetSeconds, DateTimeOffset Now)
{
    public static ClockView Of(ClockGuard guard, TimeProvider clock) =>
        new(guard.Held?.Code["clock.".Length..] ?? "steady", Math.Round(guard.Offset.TotalSeconds, 3), clock.GetUtcNow());
}

/// <summary>What the silo makes of its clock; a jump is confirmed by a person.</summary>
internal static class ClockEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var clock = api.MapGroup("/clock").WithTags(Tags.System);
        clock.MapGet("", Get).RequireRoles(Role.Administrator, Role.OfficeDirector, Role.Auditor).Produces<ClockView>();
        clock.MapPost("/confirm", Confirm).RequireRoles(Role.Administrator).Produces<ClockView>();
    }

    /// <summary>查看本机时钟</summary>
    internal static IResult Get(TimeProvider clock, [FromServices] ClockGuard? guard = null) =>
        guard is null ? NoSilo : Answer.Ok(ClockView.Of(guard, clock));

    /// <summary>确认时钟跳变</summary>
    /// <remarks>使用 SQLite 时，本机时钟跳变后预警和关账暂停。核对时间无误后确认，即恢复。时钟与数据库不一致（skewed）不能确认，须校时。</remarks>
    internal static IResult Confirm(CommandContext command, TimeProvider clock, ILogger<ClockView> log, [FromServices] ClockGuard? guard = null)
    {
        if (guard is null)
        {
            return NoSilo;
        }

        log.LogWarning("{Client} confirms the clock, which is {Seconds:0.0} s ahead", command.Client, guard.Offset.TotalSeconds);
        guard.Confirm();
        return Answer.Ok(ClockView.Of(guard, clock));
    }

    /// <summary>A gateway decides nothing by its clock.</summary>
    private static IResult NoSilo => Refusal.Of(new Rejection("clock.gateway", "网关不凭自己的时钟办理，请向处理节点查询。", RejectionKind.State));
}
