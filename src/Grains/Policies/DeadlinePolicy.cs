using System.Text.Json.Serialization;
using Hotline.Shared;

namespace Hotline.Policies;

/// <summary>时限规则: one version of the deadline table. Stored as data; a promise keeps the version that made it.</summary>
/// <param name="Version">Name of the version, e.g. <c>v1</c>.</param>
/// <param name="EffectiveFrom">First day (Asia/Shanghai) whose dispatches are under it.</param>
/// <param name="Rows">The table. Of the rows that fit, one that names the tier counts before one that names the nature before a plain one.</param>
/// <param name="ExtensionCapWorkingDays">延期: how many working days one extension may add at most.</param>
/// <param name="Lead">How long before the due the yellow card (黄牌) falls.</param>
/// <param name="Lag">How long after the due the escalation (升级) to the deputy chief falls.</param>
/// <param name="Tries">What a callback needs before it may end unanswered.</param>
[GenerateSerializer, Immutable, Alias("hotline.DeadlinePolicy")]
public sealed record DeadlinePolicy(
    string Version,
    DateOnly EffectiveFrom,
    IReadOnlyList<DeadlineRow> Rows,
    int ExtensionCapWorkingDays,
    AlarmDistance Lead,
    AlarmDistance Lag,
    CallbackTries Tries)
{
    /// <summary>The default table of product.md §3, in force from the beginning of time.</summary>
    public static DeadlinePolicy V1 { get; } = new(
        "v1",
        DateOnly.MinValue,
        new DeadlineRow[]
        {
            new(Clock.Triage, Span.WorkingHours(2), Span.Minutes(15)),
            new(Clock.Accept, Span.WorkingHours(4), Span.Minutes(30)),
            new(Clock.Contact, Span.WorkingDays(1), Span.Minutes(60)),
            new(Clock.Return, Span.WorkingHours(4), Span.Minutes(15)),
            new(Clock.Divert, Span.WorkingDays(2), null),
            new(Clock.Reply, Span.WorkingDays(5), Span.Minutes(120)),
            new(Clock.Reply, Span.WorkingDays(1), Span.Minutes(120), Nature: Nature.Consultation),
            new(Clock.Reply, Span.WorkingDays(3), Span.Minutes(120), Nature: Nature.Help),
            new(Clock.Review, Span.WorkingHours(4), Span.Minutes(30)),
            new(Clock.Callback, Span.WorkingDays(1), Span.SameDay),
            new(Clock.Rework, Span.WorkingDays(3), Span.WorkingDays(1)),
            new(Clock.Supervision, Span.WorkingDays(5), Span.WorkingDays(2)),
            new(Clock.Decision, Span.WorkingHours(4), Span.Minutes(15)),
            new(Clock.AnswerCaller, Span.WorkingDays(2), Span.WorkingDays(1)),
            new(Clock.Archive, Span.WorkingDays(5), Span.WorkingDays(5)),
            new(Clock.Outcome, Span.WorkingDays(5), Span.WorkingDays(2)), // to be confirmed by the branch
        },
        ExtensionCapWorkingDays: 10,
        Lead: new AlarmDistance(WorkingDays: 1, UrgentMinutes: 30),
        Lag: new AlarmDistance(WorkingDays: 1, UrgentMinutes: 60),
        Tries: new CallbackTries(Count: 3, WithinWorkingDays: 3, MinDays: 2, MinTimeBands: 2));

    /// <summary>挂起: the most working days a suspension may run at a time. The spec's limit, in no version of the table.</summary>
    public const int SuspensionCapWorkingDays = 30;

    /// <summary>
    /// The row for a clock, or null. Without a row of its own a supporting unit (协办) has the reply's, and each decision the row of
    /// 审定. A clock that is younger than the stored table has v1's: no waiting ticket is without a clock under an old version.
    /// </summary>
    public DeadlineRow? RowFor(Clock clock, Nature nature, UnitTier? tier) =>
        OwnRow(clock, nature, tier)
        ?? (StandIn(clock) is { } other ? RowFor(other, nature, tier) : IsYoung(clock) ? V1.OwnRow(clock, nature, tier) : null);

    /// <summary>The table as it acts: with v1's plain row for each young clock that it leaves out.</summary>
    internal IEnumerable<DeadlineRow> ActingRows => Rows.Concat(V1.Rows.Where(r => IsYoung(r.Clock) && !HasPlainRow(r.Clock)));

    internal bool HasPlainRow(Clock clock) => Rows.Any(r => r.Clock == clock && r.Nature is null && r.Tier is null);

    /// <summary>Whether tables were stored before there was this clock; they may leave it out.</summary>
    internal static bool IsYoung(Clock clock) => clock > Clock.Support;

    private static Clock? StandIn(Clock clock) => clock switch
    {
        Clock.Support => Clock.Reply,
        > Clock.Decision and <= Clock.Redispatch => Clock.Decision,
        _ => null,
    };

    private DeadlineRow? OwnRow(Clock clock, Nature nature, UnitTier? tier)
    {
        DeadlineRow? best = null;
        foreach (var row in Rows)
        {
            if (row.Fits(clock, nature, tier) && (best is null || row.Precision >= best.Precision))
            {
                best = row;
            }
        }
        return best;
    }
}

/// <summary>办理记录: what a unit has to show for its work (M4).</summary>
[JsonConverter(typeof(CodeEnumConverter<RecordKind>))]
public enum RecordKind
{
    /// <summary>联系记录: the caller was contacted, as the ticket's history shows.</summary>
    Contact = 1,
    /// <summary>走访记录</summary>
    Visit = 2,
    /// <summary>现场照片</summary>
    Photos = 3,
    /// <summary>询问笔录</summary>
    Transcript = 4,
    /// <summary>检测（鉴定）报告</summary>
    Report = 5,
    /// <summary>整改通知书</summary>
    RectificationNotice = 6,
}

/// <summary>一行规定: one row of the table. A null span means that no such clock runs.</summary>
/// <param name="Clock">时限种类</param>
/// <param name="Ordinary">一般工单的时限；空为不设</param>
/// <param name="Urgent">紧急工单的时限；空为不设</param>
/// <param name="Nature">只适用于此诉求性质；空为不限</param>
/// <param name="Tier">只适用于此类单位；空为不限</param>
/// <param name="Records">答复时须提供的办理记录；只用于答复和重办</param>
[GenerateSerializer, Immutable, Alias("hotline.DeadlineRow")]
public sealed record DeadlineRow(
    Clock Clock, Span? Ordinary, Span? Urgent, Nature? Nature = null, UnitTier? Tier = null, IReadOnlyList<RecordKind>? Records = null)
{
    /// <summary>How much the row pins down; the greater counts.</summary>
    internal int Precision => (Tier is null ? 0 : 2) + (Nature is null ? 0 : 1);

    internal Span? SpanOf(Urgency urgency) => urgency == Urgency.Urgent ? Urgent : Ordinary;

    internal bool Fits(Clock clock, Nature nature, UnitTier? tier) =>
        Clock == clock && (Nature is null || Nature == nature) && (Tier is null || Tier == tier);
}

/// <summary>与到期的间隔: distance of an alarm from the due, in whole working days, for urgent tickets in minutes on the wall.</summary>
/// <param name="WorkingDays">一般工单的工作日数</param>
/// <param name="UrgentMinutes">紧急工单的自然分钟数</param>
[GenerateSerializer, Immutable, Alias("hotline.AlarmDistance")]
public sealed record AlarmDistance(int WorkingDays, int UrgentMinutes);

/// <summary>回访尝试: a callback may end unanswered after so many tries within so many working days, spread over days and time bands.</summary>
/// <param name="Count">次数</param>
/// <param name="WithinWorkingDays">在几个工作日内</param>
/// <param name="MinDays">至少跨几天</param>
/// <param name="MinTimeBands">至少跨几个时段</param>
[GenerateSerializer, Immutable, Alias("hotline.CallbackTries")]
public sealed record CallbackTries(int Count, int WithinWorkingDays, int MinDays, int MinTimeBands);
