using System.Text.Json.Serialization;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Notices;

/// <summary>通报种类</summary>
[JsonConverter(typeof(CodeEnumConverter<NoticeKind>))]
public enum NoticeKind
{
    /// <summary>通报表扬：满意率 100%</summary>
    Commend = 1,
    /// <summary>通报批评：末位</summary>
    Criticise = 2,
    /// <summary>连续后三位：责成作检查报告</summary>
    BottomThreeStreak = 3,
}

/// <summary>通报状态</summary>
[JsonConverter(typeof(CodeEnumConverter<NoticeStatus>))]
public enum NoticeStatus
{
    /// <summary>待签发：系统按规则拟稿</summary>
    Drafted = 1,
    /// <summary>已签发</summary>
    Issued = 2,
    /// <summary>依据已消失：签发后排名更正，请撤回</summary>
    GroundGone = 3,
    /// <summary>已撤回：由人决定不发或收回，内容保留</summary>
    Withdrawn = 4,
    /// <summary>已失效：签发前依据消失</summary>
    Lapsed = 5,
}

/// <summary>通报的依据：当时排名表上的数字</summary>
/// <param name="Revision">所依据的排名表公布版本</param>
/// <param name="ContentHash">该版本的 SHA-256</param>
/// <param name="PolicyVersion">考核办法版本</param>
/// <param name="Rank">名次；未参加排名为空</param>
/// <param name="RankedUnits">参加排名的单位数</param>
/// <param name="Score">综合分</param>
/// <param name="Median">综合分中位数</param>
/// <param name="ReplyRate">回复率</param>
/// <param name="CompletionRate">办结率</param>
/// <param name="SatisfactionRate">满意率</param>
/// <param name="Streak">连续后三位的月数，按各月最新公布版本计</param>
/// <param name="Months">构成连续的各月</param>
/// <param name="Table">排名表的网址</param>
[GenerateSerializer, Immutable, Alias("hotline.NoticeEvidence")]
public sealed record NoticeEvidence(int Revision, string ContentHash, string PolicyVersion, int? Rank, int RankedUnits, decimal? Score, decimal? Median,
    DueRate ReplyRate, DueRate CompletionRate, SatisfactionRate SatisfactionRate, int Streak, IReadOnlyList<StreakMonth> Months, string Table);

/// <summary>检查报告任务</summary>
/// <param name="DueAt">期限</param>
/// <param name="MeetingOn">签发时指定的一把手会议日期；未指定则按考核办法的工作日数计算</param>
/// <param name="CalendarIncomplete">期限跨入尚无放假通知的年份，暂按周末计算</param>
/// <param name="DeliveredOn">在一把手会议上作检查的日期</param>
/// <param name="RecordedBy">登记人</param>
/// <param name="RecordedAt">登记时间</param>
[GenerateSerializer, Immutable, Alias("hotline.SelfCriticismTask")]
public sealed record SelfCriticismTask(DateTimeOffset DueAt, DateOnly? MeetingOn, bool CalendarIncomplete, DateOnly? DeliveredOn = null, string? RecordedBy = null,
    DateTimeOffset? RecordedAt = null);

/// <summary>通报: one of a kind for a unit and a month. Drafted by rule, issued or withdrawn by people; what it once said stays in its steps.</summary>
/// <param name="Id">Follows from kind, month, tier and unit.</param>
/// <param name="Advisory">Drafted under a policy with penalties <c>advisory</c>: a suggestion for the unit alone, without criticism by name or task.</param>
/// <param name="Grounded">The newest revisions still bear it.</param>
/// <param name="Revision">The newest revision of the table that was looked at.</param>
/// <param name="Evidence">The figures it rests on, or rested on last.</param>
/// <param name="SuggestedText">As the rule writes it.</param>
/// <param name="Text">As it is, or will be, issued.</param>
/// <param name="Version">Counts the steps.</param>
[GenerateSerializer, Immutable, Alias("hotline.Notice")]
public sealed record Notice(string Id, NoticeKind Kind, Month Month, LeagueTier Tier, LeagueUnitName Unit, NoticeStatus Status, bool Advisory, bool Grounded,
    int Revision, string Reason, NoticeEvidence Evidence, string SuggestedText, string Text, DateTimeOffset DraftedAt, long Version)
{
    [Id(0)]
    public string? IssuedBy { get; init; }

    [Id(1)]
    public DateTimeOffset? IssuedAt { get; init; }

    [Id(2)]
    public SelfCriticismTask? Task { get; init; }

    /// <summary>A report that is still owed. While the ground is gone nobody is pressed for it.</summary>
    [JsonIgnore]
    public bool OwesReport => Status == NoticeStatus.Issued && Task is { DeliveredOn: null };

    /// <summary>It went out to the unit at some time.</summary>
    [JsonIgnore]
    public bool WentOut => IssuedAt is not null;
}

/// <summary>通报经过的种类</summary>
[JsonConverter(typeof(CodeEnumConverter<NoticeStepKind>))]
public enum NoticeStepKind
{
    /// <summary>拟稿</summary>
    Drafted = 1,
    /// <summary>重新拟稿：依据变化</summary>
    Redrafted = 2,
    /// <summary>修改文字</summary>
    Edited = 3,
    /// <summary>签发</summary>
    Issued = 4,
    /// <summary>依据更新：更正后依据仍在</summary>
    GroundChanged = 5,
    /// <summary>依据消失</summary>
    GroundLost = 6,
    /// <summary>依据恢复</summary>
    GroundRestored = 7,
    /// <summary>撤回</summary>
    Withdrawn = 8,
    /// <summary>已作检查报告</summary>
    Delivered = 9,
}

/// <summary>通报经过的一步</summary>
/// <param name="Seq">序号，从 1 起</param>
/// <param name="Kind">种类</param>
/// <param name="Actor">操作人；拟稿人为 system</param>
/// <param name="At">时间</param>
/// <param name="Reason">原因或说明</param>
/// <param name="Revision">当时排名表的公布版本</param>
/// <param name="Evidence">当时的依据；未变化为空</param>
/// <param name="Text">当时的文字；未变化为空</param>
[GenerateSerializer, Immutable, Alias("hotline.NoticeStep")]
public sealed record NoticeStep(long Seq, NoticeStepKind Kind, string Actor, DateTimeOffset At, string? Reason, int Revision, NoticeEvidence? Evidence, string? Text);

/// <summary>A notice and everything that happened to it, in order.</summary>
[GenerateSerializer, Immutable, Alias("hotline.NoticeHistory")]
public sealed record NoticeHistory(Notice Notice, IReadOnlyList<NoticeStep> Steps);

/// <summary>What a notice rests on, as worked out from the published tables.</summary>
/// <param name="Evidence">Null: the newest revisions do not bear such a notice.</param>
[GenerateSerializer, Immutable, Alias("hotline.NoticeGround")]
public sealed record NoticeGround(NoticeKind Kind, Month Month, LeagueTier Tier, LeagueUnitName Unit, int Revision, bool Advisory, NoticeEvidence? Evidence);

/// <summary>One notice. Key: its id. Holds nothing: the row is the fact. An expected version that is not the notice's is refused
/// (<c>precondition.failed</c>); null does not check. Errors of all: <c>not-found</c>, <c>notice.role</c>, <c>notice.wrong-status</c>.</summary>
[Alias("hotline.INoticeGrain")]
public interface INoticeGrain : IGrainWithStringKey
{
    [Alias("Read"), Reads]
    Task<Result<NoticeHistory>> Read();

    /// <summary>Drafts, redrafts, or marks what a correction did to its ground. The same ground again changes nothing. False when it could not be kept.</summary>
    [Alias("Reconcile")]
    Task<bool> Reconcile(NoticeGround ground);

    /// <summary>修改文字 before it is issued; the draft stays in the steps.</summary>
    [Alias("Edit")]
    Task<Result<Notice>> Edit(string text, string? reason, CallContext call);

    /// <summary>签发. For a streak it sets the self-criticism report as a task. Errors: <c>notice.meeting-past</c>.</summary>
    /// <param name="meetingOn">The heads' meeting at which the report is due; null: the policy's working days.</param>
    [Alias("Issue")]
    Task<Result<Notice>> Issue(DateOnly? meetingOn, string? note, CallContext call);

    /// <summary>撤回: a draft is not to go out, or an issued notice is taken back. Both stay on record.</summary>
    [Alias("Withdraw")]
    Task<Result<Notice>> Withdraw(string reason, CallContext call);

    /// <summary>作检查: the report was given at the heads' meeting. Errors: <c>notice.no-task</c>, <c>notice.delivery-date</c>.</summary>
    [Alias("Deliver")]
    Task<Result<Notice>> Deliver(DateOnly deliveredOn, string? note, CallContext call);
}

/// <summary>What a list of notices is asked for; null leaves a criterion out.</summary>
/// <param name="OnlyOut">Only those that went out: what a unit's own people see.</param>
[GenerateSerializer, Immutable, Alias("hotline.NoticeFilter")]
public sealed record NoticeFilter(Month? Month = null, string? Unit = null, NoticeKind? Kind = null, NoticeStatus? Status = null, bool OnlyOut = false);

/// <summary>One page of notices, the newest month first.</summary>
[GenerateSerializer, Immutable, Alias("hotline.NoticePage")]
public sealed record NoticePage(IReadOnlyList<Notice> Items, string? NextCursor, long? Total);

/// <summary>未了任务</summary>
/// <param name="Notice">通报编号</param>
/// <param name="Month">通报所属月份</param>
/// <param name="DueAt">检查报告的期限</param>
/// <param name="Overdue">是否逾期</param>
[GenerateSerializer, Immutable, Alias("hotline.OpenReport")]
public sealed record OpenReport(string Notice, Month Month, DateTimeOffset DueAt, bool Overdue);

/// <summary>获评优秀的季度</summary>
/// <param name="Quarter">季度，如 2026-Q3</param>
/// <param name="Tier">排名范围</param>
/// <param name="Rank">名次</param>
/// <param name="Score">综合分</param>
/// <param name="Revision">名单版本</param>
[GenerateSerializer, Immutable, Alias("hotline.WonQuarter")]
public sealed record WonQuarter(Quarter Quarter, LeagueTier Tier, int Rank, decimal? Score, int Revision);

/// <summary>单位的荣誉与未了任务</summary>
/// <param name="QuartersWon">获评优秀的季度，从新到旧</param>
/// <param name="OpenReports">未作的检查报告，期限近的在前</param>
[GenerateSerializer, Immutable, Alias("hotline.UnitRecord")]
public sealed record UnitRecord(IReadOnlyList<WonQuarter> QuartersWon, IReadOnlyList<OpenReport> OpenReports);

/// <summary>Reads notices, from any process. Key <c>A-notices</c>; every silo answers by itself.</summary>
[Alias("hotline.INoticesGrain"), Reads]
public interface INoticesGrain : IGrainWithStringKey
{
    const string Key = "A-notices";

    /// <summary>One page. Errors: <c>cursor.invalid</c>.</summary>
    [Alias("List")]
    Task<Result<NoticePage>> List(NoticeFilter filter, int limit, string? cursor, bool includeTotal);

    /// <summary>Quarters won (by approved lists in their newest revisions) and reports owed, for one unit's standing.</summary>
    [Alias("RecordOf")]
    Task<UnitRecord> RecordOf(string unit);
}

/// <summary>Drafts notices from published tables; one at a time in the whole cluster. Key <c>A-drafts</c>.</summary>
[Alias("hotline.INoticeDraftsGrain")]
public interface INoticeDraftsGrain : IGrainWithStringKey
{
    const string Key = "A-drafts";

    /// <summary>Looks at every revision that was published since the last time, in order, and at the later months whose streaks it may change.</summary>
    [Alias("CatchUp")]
    Task CatchUp();
}
