using System.Text.Json.Serialization;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>Which of the promises that a calendar would move are meant.</summary>
[JsonConverter(typeof(CodeEnumConverter<MoveScope>))]
public enum MoveScope
{
    /// <summary>全部受影响的时限</summary>
    All = 1,
    /// <summary>因缺少放假通知而暂按周末计算的时限</summary>
    Incomplete = 2,
    /// <summary>暂按周末计算、现已可以确定的时限</summary>
    Completed = 3,
}

/// <summary>时限变动的进度</summary>
[JsonConverter(typeof(CodeEnumConverter<MoveStatus>))]
public enum MoveStatus
{
    /// <summary>正在进行</summary>
    Running = 1,
    /// <summary>已完成</summary>
    Completed = 2,
    /// <summary>尚未完成时日历又有新版本，余下的不再变动</summary>
    Superseded = 3,
}

/// <summary>一项将要变动的时限承诺</summary>
/// <param name="Ticket">工单编号</param>
/// <param name="ExternalNo">来源平台的工单编号</param>
/// <param name="Clock">时限种类</param>
/// <param name="ClockName">时限的中文名</param>
/// <param name="Unit">承诺的单位；回访中心自己的时限为空</param>
/// <param name="DueFrom">现在的到期时间</param>
/// <param name="DueTo">变动后的到期时间；与现在相同时，只是黄牌、升级的时间或“暂按周末计算”的标记变化</param>
/// <param name="CalendarIncomplete">变动前暂按周末计算</param>
[GenerateSerializer, Immutable, Alias("hotline.PromiseChange")]
public sealed record PromiseChange(string Ticket, string ExternalNo, Clock Clock, string ClockName, string? Unit, DateTimeOffset DueFrom, DateTimeOffset DueTo,
    bool CalendarIncomplete);

/// <summary>预览：哪些工单的时限将会变动</summary>
/// <param name="CalendarVersion">所依据的现行日历版本；预览的内容不存入</param>
/// <param name="Tickets">受影响的工单数</param>
/// <param name="Dues">到期时间变动的时限数</param>
/// <param name="Items">逐项列出，按工单编号排列</param>
/// <param name="NextCursor">取下一页时原样传入 cursor；为空表示没有更多</param>
[GenerateSerializer, Immutable, Alias("hotline.MovePreview")]
public sealed record MovePreview(string CalendarVersion, int Tickets, int Dues, IReadOnlyList<PromiseChange> Items, string? NextCursor);

/// <summary>一次时限变动</summary>
/// <param name="Number">编号；没有工单受影响而未予记录的为 0</param>
/// <param name="Year">年份</param>
/// <param name="CalendarVersion">所依据的日历版本</param>
/// <param name="Scope">范围：all 全部，incomplete 暂按周末计算的，completed 现已可以确定的</param>
/// <param name="Reason">原因，记入每件工单的办理经过</param>
/// <param name="By">由谁决定</param>
/// <param name="Status">进度</param>
/// <param name="Tickets">受影响的工单数</param>
/// <param name="Moved">已变动的工单数</param>
/// <param name="StartedAt">开始时间</param>
/// <param name="FinishedAt">结束时间</param>
[GenerateSerializer, Immutable, Alias("hotline.PromiseMoveRun")]
public sealed record PromiseMoveRun(long Number, int Year, string CalendarVersion, MoveScope Scope, string Reason, string By, MoveStatus Status, int Tickets,
    int Moved, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt);

/// <summary>What is to move: under which calendar, and why.</summary>
/// <param name="CalendarVersion">The calendar the caller decided on; null takes the one in force.</param>
[GenerateSerializer, Immutable, Alias("hotline.MoveOrder")]
public sealed record MoveOrder(int Year, MoveScope Scope, string Reason, string? CalendarVersion);

/// <summary>The calendar's effect on running promises (时限变动): previewed, ordered with a reason, carried out ticket by ticket and taken up again after a
/// crash. The tickets are the fact: what has moved is not moved again. Key <c>C-moves</c>.</summary>
[Alias("hotline.IPromiseMovesGrain")]
public interface IPromiseMovesGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "C-moves";

    /// <summary>What would move under the calendar in force, or with this year put into it. Stores nothing.
    /// Errors: <c>calendar.*</c> when the notice contradicts itself, <c>cursor.invalid</c>.</summary>
    [Alias("Preview"), Reads]
    Task<Result<MovePreview>> Preview(HolidayYear? year, int limit, string? cursor);

    /// <summary>试算: which running dues these deadlines would have set otherwise. Stores nothing; promises keep the version that made them.
    /// Errors: <c>cursor.invalid</c>.</summary>
    [Alias("Try"), Reads]
    Task<Result<MovePreview>> Try(DeadlinePolicy policy, int limit, string? cursor);

    /// <summary>Moves them; answers after a few seconds at the latest, with status <c>running</c> when there are too many.
    /// Errors: <c>calendar.year-not-loaded</c>, <c>precondition.failed</c>.</summary>
    [Alias("Order")]
    Task<Result<PromiseMoveRun>> Order(MoveOrder order, CallContext call);

    /// <summary>The latest runs, newest first.</summary>
    [Alias("Runs"), Reads]
    Task<IReadOnlyList<PromiseMoveRun>> Runs();

    /// <summary>Takes up what a crash left lying, and moves provisional dues whose year has come. Safe at any time.</summary>
    [Alias("Settle"), ByClock]
    Task Settle();
}
