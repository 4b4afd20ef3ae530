using Hotline.Shared;

namespace Hotline.Policies;

/// <summary>What a deadline policy must be like to be stored, and which of the stored ones counts.</summary>
public static class DeadlinePolicyRules
{
    private const int MaxAmount = 10_000;

    /// <summary>The version in force in a month: the latest <see cref="DeadlinePolicy.EffectiveFrom"/> wins, then the last stored.</summary>
    public static DeadlinePolicy InForce(IEnumerable<DeadlinePolicy> stored, Month month) =>
        stored.Where(p => p.EffectiveFrom <= month).Aggregate(DeadlinePolicy.V1, (best, p) => p.EffectiveFrom >= best.EffectiveFrom ? p : best);

    /// <summary>Why a policy cannot be stored, or null.</summary>
    public static Rejection? Check(DeadlinePolicy policy)
    {
        if (string.IsNullOrWhiteSpace(policy.Version))
        {
            return Refuse("version", "版本名不能为空。");
        }
        if (Enum.GetValues<Clock>().Any(clock => !HasPlainRow(policy, clock)))
        {
            return Refuse("rows", "每个时限都须有一行不限性质、不限单位层级的规定（协办可随答复）。");
        }
        if (policy.Rows.GroupBy(r => (r.Clock, r.Nature, r.Tier)).Any(g => g.Count() > 1))
        {
            return Refuse("rows", "同一时限、性质和单位层级只能有一行规定。");
        }
        if (policy.Rows.SelectMany(r => new[] { r.Ordinary, r.Urgent }).OfType<Span>().Any(s => !IsSensible(s)))
        {
            return Refuse("rows", "时限的数量须为正数且不超过一万。");
        }
        return CheckDistances(policy);
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

    private static bool HasPlainRow(DeadlinePolicy policy, Clock clock) =>
        clock == Clock.Support || policy.Rows.Any(r => r.Clock == clock && r.Nature is null && r.Tier is null);

    private static bool IsSensible(Span span) =>
        Enum.IsDefined(span.Unit) && (span.Unit == SpanUnit.SameDay ? span.Amount == 0 : span.Amount is >= 1 and <= MaxAmount);

    private static Rejection Refuse(string field, string detail) =>
        new("policy.invalid", detail, Pointer: field.Length == 0 ? null : "/" + field);
}
