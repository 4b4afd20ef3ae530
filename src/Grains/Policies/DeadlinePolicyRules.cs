using System.Text.RegularExpressions;
using Hotline.Shared;

namespace Hotline.Policies;

/// <summary>What a deadline policy must be like to be stored, row by row.</summary>
public static partial class DeadlinePolicyRules
{
    private const int MaxAmount = 10_000;
    private const int MaxRows = 500;

    /// <summary>Why a policy cannot be stored, or null.</summary>
    public static Rejection? Check(DeadlinePolicy policy)
    {
        if (!VersionName().IsMatch(policy.Version))
        {
            return Refuse("version", "版本号只能包含字母、数字、点、横线和下划线，长度 1 至 40。");
        }
        if (policy.Rows.Count > MaxRows)
        {
            return Refuse("rows", "规定最多 500 行。");
        }
        if (Enum.GetValues<Clock>().Any(clock => !MayBeLeftOut(clock) && !policy.HasPlainRow(clock)))
        {
            return Refuse("rows", "每个时限都须有一行不限性质、不限单位层级的规定（协办可随答复；审定、答复诉求人、归档和分流结果可不写，按 v1）。");
        }
        if (policy.Rows.GroupBy(r => (r.Clock, r.Nature, r.Tier)).Any(g => g.Count() > 1))
        {
            return Refuse("rows", "同一时限、性质和单位层级只能有一行规定。");
        }
        return policy.Rows.Select(CheckRow).FirstOrDefault(r => r is not null) ?? CheckDistances(policy);
    }

    private static Rejection? CheckRow(DeadlineRow row, int index)
    {
        if (row is { Ordinary: null, Urgent: null })
        {
            return Refuse($"rows/{index}", "一般和紧急的时限不能都不设。");
        }
        if (row is { Ordinary: null } or { Urgent: null } && DeadlinePolicy.IsYoung(row.Clock))
        {
            return Refuse($"rows/{index}", "审定、答复诉求人、归档和分流结果的时限，一般和紧急的都须规定。");
        }
        if (row.Ordinary is { } ordinary && !IsSensible(ordinary))
        {
            return Refuse($"rows/{index}/ordinary", "时限的数量须为正数且不超过一万；当日（sameDay）的数量须为 0。");
        }
        if (row.Urgent is { } urgent && !IsSensible(urgent))
        {
            return Refuse($"rows/{index}/urgent", "时限的数量须为正数且不超过一万；当日（sameDay）的数量须为 0。");
        }
        if (row.Records is { Count: > 0 } records && (row.Clock is not (Clock.Reply or Clock.Rework) || records.Distinct().Count() != records.Count))
        {
            return Refuse($"rows/{index}/records", "只有答复和重办可以规定应提供的记录，且不能重复。");
        }
        return null;
    }

    private static Rejection? CheckDistances(DeadlinePolicy policy)
    {
        int[] counts =
        [
            policy.ExtensionCapWorkingDays, policy.Lead.WorkingDays, policy.Lead.UrgentMinutes, policy.Lag.WorkingDays,
            policy.Lag.UrgentMinutes, policy.Tries.Count, policy.Tries.WithinWorkingDays, policy.Tries.MinDays, policy.Tries.MinTimeBands,
        ];
        if (counts.Any(c => c is < 1 or > MaxAmount))
        {
            return Refuse("", "延期上限、提醒和升级的间隔以及回访次数须为正数且不超过一万。");
        }
        return policy.Tries.MinDays > policy.Tries.WithinWorkingDays || policy.Tries.MinDays > policy.Tries.Count
            ? Refuse("tries", "回访须跨的天数不能多于总天数或总次数。")
            : null;
    }

    private static bool MayBeLeftOut(Clock clock) => clock == Clock.Support || DeadlinePolicy.IsYoung(clock);

    private static bool IsSensible(Span span) =>
        Enum.IsDefined(span.Unit) && (span.Unit == SpanUnit.SameDay ? span.Amount == 0 : span.Amount is >= 1 and <= MaxAmount);

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionName();

    private static Rejection Refuse(string field, string detail) =>
        new("policy.invalid", detail, Pointer: field.Length == 0 ? null : "/" + field);
}
