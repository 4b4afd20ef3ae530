using Hotline.Shared;
using Hotline.Tickets;
using Hotline.Units;
using Hotline.Work;
using Hotline.WorkCalendar;

namespace Hotline.Api;

/// <summary>预警台账的一条</summary>
/// <param name="Seq">在该工单办理经过中的序号</param>
/// <param name="Clock">时限种类</param>
/// <param name="ClockName">时限的中文名</param>
/// <param name="Level">yellow 黄牌，red 红牌，escalated 升级</param>
/// <param name="LevelName">级别的中文名</param>
/// <param name="Unit">谁的时限：单位代码；回访中心的为空</param>
/// <param name="DueAt">所涉的时限</param>
/// <param name="ArmedAt">应当触发的时间</param>
/// <param name="FiredAt">实际触发的时间</param>
/// <param name="Recipient">通知的角色</param>
/// <param name="RecipientName">通知谁，中文</param>
/// <param name="Silent">历史导入时补记，没有通知任何人</param>
/// <param name="Status">工单现在的状态</param>
/// <param name="Link">工单地址</param>
internal sealed record AlarmView(string Ticket, string Source, string ExternalNo, int Seq, Clock Clock, string ClockName, AlarmLevel Level, string LevelName,
    string? Unit, string? UnitName, DateTimeOffset DueAt, DateTimeOffset ArmedAt, DateTimeOffset FiredAt, Role Recipient, string RecipientName, bool Silent,
    TicketStatus Status, string StatusName, string Link);

/// <summary>The ledger of fired deadline effects.</summary>
internal static class AlarmEndpoint
{
    private static readonly Role[] Readers =
        [Role.CommandSystem, Role.Dispatcher, Role.UnitHandler, Role.UnitHead, Role.Reviewer, Role.CallbackOfficer, Role.OfficeDirector, Role.DeputyChief, Role.Leader,
         Role.Auditor];

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/alarms", List).WithTags(Tags.Handling).RequireRoles(Readers).Produces<Listed<AlarmView>>();

    /// <summary>查看预警台账</summary>
    /// <remarks>已触发的黄牌、红牌和升级，从新到旧，每个时限每级一次。单位人员只看本单位的。时间参数须带时区偏移，from 含当时，to 不含；与 month 同用时取交集。</remarks>
    /// <param name="unit">谁的时限：单位代码、名称或别名。</param>
    /// <param name="level">级别：yellow 黄牌，red 红牌，escalated 升级。</param>
    /// <param name="month" example="2026-10">触发的月份。</param>
    /// <param name="from">触发时间起。</param>
    /// <param name="to">触发时间止。</param>
    /// <param name="limit">每页条数，1 至 200，默认 50。</param>
    /// <param name="cursor">翻页标记。</param>
    internal static async Task<IResult> List(HttpContext http, AlarmLedger ledger, UnitDirectory units, string? unit, CodeParameter<AlarmLevel>? level,
        MonthParameter? month, InstantParameter? from, InstantParameter? to, PageSize? limit, string? cursor)
    {
        if (level is { Value: AlarmLevel.None })
        {
            return Refusal.OfInput([new("?level", "validation.enum", "级别应为 yellow、red 或 escalated。")]);
        }

        var own = http.Actor().Unit;
        var named = string.IsNullOrEmpty(unit) ? own : (await units.Resolve(unit))?.Code;
        if (named is null && !string.IsNullOrEmpty(unit))
        {
            return Refusal.Of(new Rejection("unit.unknown", "没有这个单位，或无权查看。", RejectionKind.NotFound, "?unit"));
        }

        if (own is not null && named != own)
        {
            return Refusal.NotFound;
        }

        var filter = new AlarmFilter(named, level?.Value, Latest(from?.Instant, month is { } m ? ShanghaiTime.StartOf(m.Month) : null),
            Earliest(to?.Instant, month is { } n ? ShanghaiTime.EndOf(n.Month) : null));
        var page = await ledger.List(filter, limit?.Rows ?? PageSize.Usual, cursor, http.RequestAborted);
        var roll = await units.Current();
        return Answer.Of(page, rows => Answer.Ok(new Listed<AlarmView>([.. rows.Rows.Select(r => Of(r, roll))], rows.NextCursor)));
    }

    private static AlarmView Of(AlarmRow row, UnitDirectory.Index units)
    {
        var alarm = row.Alarm;
        var unit = alarm.Unit is null ? null : units.Find(alarm.Unit);
        return new(row.Ticket, row.Source, row.ExternalNo, row.Seq, alarm.Clock, TicketNames.Of(alarm.Clock), alarm.Level, AlarmRules.NameOf(alarm.Level),
            alarm.Unit, unit?.Name, alarm.DueAt, alarm.ArmedAt, row.FiredAt, alarm.Recipient, AlarmRules.NameOf(alarm), alarm.Silent, row.Status,
            TicketNames.Of(row.Status), "/api/v1/tickets/" + row.Ticket);
    }

    private static long? Latest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other?.ToUnixTimeMilliseconds() : other is null || one > other ? one?.ToUnixTimeMilliseconds() : other?.ToUnixTimeMilliseconds();

    private static long? Earliest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other?.ToUnixTimeMilliseconds() : other is null || one < other ? one?.ToUnixTimeMilliseconds() : other?.ToUnixTimeMilliseconds();
}
