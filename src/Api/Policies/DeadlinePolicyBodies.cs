using Hotline.Policies;

namespace Hotline.Api;

/// <summary>时限规则的一个版本。</summary>
/// <param name="EffectiveFrom">从哪一天的派单起适用；不能早于今天。批准晚于当日零时的，从批准时起适用。</param>
/// <param name="Rows">各项时限。适用的各行中，写明单位类别的优先，其次是写明诉求性质的。每项时限须有一行不限类别和性质的规定（协办可随答复，各项审批、确认和重新派单可随审定；审定、答复诉求人、归档和分流结果不写则按 v1）。</param>
/// <param name="ExtensionCapWorkingDays">一次延期最多几个工作日；不填为 10。</param>
/// <param name="Lead">黄牌比到期提前多少；不填按现行 v1。</param>
/// <param name="Lag">升级比到期推后多少；不填按现行 v1。</param>
/// <param name="Tries">回访无人应答时的次数要求；不填按现行 v1。</param>
internal sealed record DeadlinePolicyBody(DateOnly EffectiveFrom, IReadOnlyList<DeadlineRow> Rows, int ExtensionCapWorkingDays = 10, AlarmDistance? Lead = null,
    AlarmDistance? Lag = null, CallbackTries? Tries = null)
{
    public DeadlinePolicy ToPolicy(string version)
    {
        var v1 = DeadlinePolicy.V1;
        return new(version, EffectiveFrom, Rows, ExtensionCapWorkingDays, Lead ?? v1.Lead, Lag ?? v1.Lag, Tries ?? v1.Tries);
    }
}

/// <summary>已批准或待批准的时限规则。</summary>
/// <param name="Version">版本号，每项时限承诺都注明它。</param>
/// <param name="Status">状态：active 已批准，proposed 待批准。</param>
/// <param name="EffectiveFrom">从哪一天的派单起适用。</param>
/// <param name="Rows">各项时限。</param>
/// <param name="ExtensionCapWorkingDays">一次延期最多几个工作日。</param>
/// <param name="Lead">黄牌比到期提前多少。</param>
/// <param name="Lag">升级比到期推后多少。</param>
/// <param name="Tries">回访无人应答时的次数要求。</param>
/// <param name="Number">批准或提请的次序；待批准的以它为 ETag。</param>
/// <param name="By">提请人。</param>
/// <param name="ApprovedBy">批准人；待批准时为空。</param>
/// <param name="At">批准或提请的时间。</param>
/// <param name="ActsFrom">实际适用的开始时刻：生效日零时，但不早于批准；待批准时为空。</param>
internal sealed record DeadlinePolicyView(string Version, PolicyStatus Status, DateOnly EffectiveFrom, IReadOnlyList<DeadlineRow> Rows,
    int ExtensionCapWorkingDays, AlarmDistance Lead, AlarmDistance Lag, CallbackTries Tries, long Number, string By, string? ApprovedBy, DateTimeOffset At,
    DateTimeOffset? ActsFrom)
{
    public static DeadlinePolicyView Of(StoredDeadlinePolicy s) => Of(s.Policy, PolicyStatus.Active, s.Number, s.ProposedBy, s.ApprovedBy, s.ApprovedAt, s.ActsFrom);

    public static DeadlinePolicyView Of(DeadlineProposal p) => Of(p.Policy, PolicyStatus.Proposed, p.Number, p.ProposedBy, null, p.At, null);

    private static DeadlinePolicyView Of(DeadlinePolicy p, PolicyStatus status, long number, string by, string? approvedBy, DateTimeOffset at, DateTimeOffset? actsFrom) =>
        new(p.Version, status, p.EffectiveFrom, p.Rows, p.ExtensionCapWorkingDays, p.Lead, p.Lag, p.Tries, number, by, approvedBy, at, actsFrom);
}
