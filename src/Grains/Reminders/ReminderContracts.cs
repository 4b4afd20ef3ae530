using System.Text.Json.Serialization;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Reminders;

/// <summary>提醒的种类</summary>
[JsonConverter(typeof(CodeEnumConverter<ReminderKind>))]
public enum ReminderKind
{
    /// <summary>排名表已预公布</summary>
    TableProvisional = 1,
    /// <summary>异议期将于下一工作日结束</summary>
    WindowEnds = 2,
    /// <summary>排名表逾期未公布</summary>
    PublicationOverdue = 3,
    /// <summary>缺少放假通知</summary>
    HolidayNoticeMissing = 4,
    /// <summary>异议期开始</summary>
    ObjectionOpens = 5,
    /// <summary>异议期最后一天</summary>
    ObjectionLastDay = 6,
    /// <summary>季度优秀单位名单待批准</summary>
    QuarterListDue = 21,
    /// <summary>年度奖励名单待批准</summary>
    YearListDue = 22,
    /// <summary>检查报告待作</summary>
    SelfCriticismDue = 11,
    /// <summary>检查报告逾期</summary>
    SelfCriticismOverdue = 12,
    /// <summary>通报依据已消失，待撤回</summary>
    NoticeGroundGone = 13,
}

/// <summary>提醒: said once, shown until its subject is settled.</summary>
/// <param name="Subject">What it is about, e.g. <c>league/2026-10/station</c>. Kind and subject together are reminded of once.</param>
/// <param name="For">Whose work it is.</param>
/// <param name="Text">What to do and by when, in Chinese.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="DueAt">By when.</param>
[GenerateSerializer, Immutable, Alias("hotline.Reminder")]
public sealed record Reminder(ReminderKind Kind, string Subject, IReadOnlyList<Role> For, string Text, DateTimeOffset At, DateTimeOffset DueAt)
{
    /// <summary>Stable: tells one reminder from every other.</summary>
    [JsonIgnore]
    public string Id => $"N-{Subject}/{Codes.Of(Kind)}";
}

/// <summary>All reminders of the branch. Key <c>N-board</c>.</summary>
[Alias("hotline.IReminderGrain")]
public interface IReminderGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "N-board";

    /// <summary>Records those that were not recorded before; answers them.</summary>
    [Alias("Remind"), ByClock]
    Task<IReadOnlyList<Reminder>> Remind(IReadOnlyList<Reminder> due);

    /// <summary>What these subjects reminded of is done.</summary>
    [Alias("Settle")]
    Task Settle(IReadOnlyList<string> subjects);

    /// <summary>What waits, the earliest due first.</summary>
    [Alias("Open"), Reads]
    Task<IReadOnlyList<Reminder>> Open();
}
