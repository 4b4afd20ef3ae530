using Hotline.Notices;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>修改后的通报文字。</summary>
/// <param name="Text">全文；系统拟的原稿仍保留。</param>
/// <param name="Reason">修改原因。</param>
internal sealed record EditNotice([Prose(Limits.Content)] string Text, [Prose(Limits.Reason)] string? Reason = null);

/// <summary>签发通报。</summary>
/// <param name="MeetingOn">检查报告：下次一把手会议的日期，即期限；不填则按考核办法的工作日数计算。其他通报不填。</param>
/// <param name="Note">说明。</param>
internal sealed record IssueNotice(DateOnly? MeetingOn = null, [Prose(Limits.Reason)] string? Note = null);

/// <summary>撤回通报。</summary>
/// <param name="Reason">撤回原因。</param>
internal sealed record WithdrawNotice([Prose(Limits.Reason)] string Reason);

/// <summary>登记检查报告已作。</summary>
/// <param name="DeliveredOn">在一把手会议上作检查的日期。</param>
/// <param name="Note">说明。</param>
internal sealed record DeliverReport(DateOnly DeliveredOn, [Prose(Limits.Reason)] string? Note = null);

/// <summary>检查报告任务。</summary>
/// <param name="DueAt">期限。</param>
/// <param name="MeetingOn">签发时指定的会议日期。</param>
/// <param name="CalendarIncomplete">期限跨入尚无放假通知的年份，暂按周末计算。</param>
/// <param name="DeliveredOn">作检查的日期；未作为空。</param>
/// <param name="Overdue">到期未作，或逾期才作。</param>
/// <param name="RecordedBy">登记人。</param>
/// <param name="RecordedAt">登记时间。</param>
internal sealed record ReportTaskView(DateTimeOffset DueAt, DateOnly? MeetingOn, bool CalendarIncomplete, DateOnly? DeliveredOn, bool Overdue, string? RecordedBy,
    DateTimeOffset? RecordedAt)
{
    public static ReportTaskView Of(SelfCriticismTask task, DateTimeOffset now) => new(task.DueAt, task.MeetingOn, task.CalendarIncomplete, task.DeliveredOn,
        task.DeliveredOn is { } day ? WorkCalendar.ShanghaiTime.At(day, TimeOnly.MinValue) >= task.DueAt : task.DueAt < now, task.RecordedBy, task.RecordedAt);
}

/// <summary>通报。</summary>
/// <param name="Id">编号。</param>
/// <param name="Kind">种类。</param>
/// <param name="Month">所属月份。</param>
/// <param name="Tier">排名范围。</param>
/// <param name="Unit">单位。</param>
/// <param name="Status">状态。</param>
/// <param name="Advisory">考核办法规定仅供参考：只作工作提示，不点名批评，不产生检查报告。</param>
/// <param name="WithdrawalAsked">签发后依据消失，请撤回。</param>
/// <param name="Revision">最近核对的排名表公布版本。</param>
/// <param name="Reason">拟稿理由。</param>
/// <param name="Evidence">依据的数字。</param>
/// <param name="SuggestedText">系统拟的文字。</param>
/// <param name="Text">拟发或已发的文字。</param>
/// <param name="DraftedAt">首次拟稿时间。</param>
/// <param name="IssuedBy">签发人。</param>
/// <param name="IssuedAt">签发时间。</param>
/// <param name="Task">检查报告任务；没有则为空。</param>
/// <param name="Version">版本，即 ETag。</param>
/// <param name="AllowedActions">现在可以做的操作。</param>
/// <param name="Steps">经过；列表中为空。</param>
internal sealed record NoticeView(string Id, NoticeKind Kind, Month Month, LeagueTier Tier, LeagueUnitName Unit, NoticeStatus Status, bool Advisory,
    bool WithdrawalAsked, int Revision, string Reason, NoticeEvidence Evidence, string SuggestedText, string Text, DateTimeOffset DraftedAt, string? IssuedBy,
    DateTimeOffset? IssuedAt, ReportTaskView? Task, long Version, IReadOnlyList<string> AllowedActions, IReadOnlyList<NoticeStep>? Steps)
{
    public static NoticeView Of(Notice n, DateTimeOffset now, IReadOnlyList<NoticeStep>? steps = null) => new(n.Id, n.Kind, n.Month, n.Tier, n.Unit, n.Status,
        n.Advisory, n.Status == NoticeStatus.GroundGone, n.Revision, n.Reason, n.Evidence, n.SuggestedText, n.Text, n.DraftedAt, n.IssuedBy, n.IssuedAt,
        n.Task is { } task ? ReportTaskView.Of(task, now) : null, n.Version, NoticeRules.Allowed(n), steps);
}
