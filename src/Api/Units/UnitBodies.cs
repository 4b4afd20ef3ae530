using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Api;

/// <summary>办理单位的信息。没有写出的字段保持原样；写出并为空（null）的字段清空。</summary>
/// <param name="Name">名称，不得与其他单位的代码、名称、别名相同。</param>
/// <param name="Tier">类别：station 派出所，brigade 大队，centre 回访中心（不参加排名）。改变类别的，从 tierFrom 起适用，此前各月仍按原类别。</param>
/// <param name="TierFrom">类别从哪个月起适用；不填而类别有变的，从下个月起。本月或更早的，须由另一人批准。</param>
/// <param name="Head">单位负责人，红牌时首先得到通知。</param>
/// <param name="DeputyChief">分管副局长，超期未办时得到通知。</param>
/// <param name="ActiveFrom">启用日期；为空表示一直启用。</param>
/// <param name="ActiveTo">停用日期（当日仍启用）；为空表示未停用。</param>
/// <param name="Aliases">别名、曾用名；更名时没有写出的，原名自动成为别名。</param>
/// <param name="SucceededBy">撤并后的承接单位代码；须有停用日期。考核数字、连续后三位和优秀次数仍归原单位代码。</param>
internal sealed record UnitBody([Line(Limits.Name)] string Name, UnitTier Tier, [Line(Limits.Name)] string? Head = null,
    [Line(Limits.Name)] string? DeputyChief = null, DateOnly? ActiveFrom = null, DateOnly? ActiveTo = null,
    [Line(Limits.Name)] IReadOnlyList<string>? Aliases = null, [Line(Limits.Code)] string? SucceededBy = null, Month? TierFrom = null)
{
    /// <summary>As the roll takes it: what the body does not name is left out.</summary>
    public static DescribeUnit Read(Body<UnitBody> body)
    {
        var unit = body.Value;
        return new(unit.Name, unit.Tier, Of(nameof(Head), unit.Head), Of(nameof(DeputyChief), unit.DeputyChief),
            Of(nameof(ActiveFrom), unit.ActiveFrom), Of(nameof(ActiveTo), unit.ActiveTo), Of(nameof(Aliases), unit.Aliases ?? [])?.Value,
            null, Of(nameof(SucceededBy), unit.SucceededBy), unit.TierFrom);

        Given<T>? Of<T>(string member, T value) => body.Gives(member) ? new(value) : null;
    }
}

/// <summary>办理单位。</summary>
/// <param name="Code">单位代码，登记后不再改变。</param>
/// <param name="Name">名称。</param>
/// <param name="Tier">最近一次登记的类别，从 tierFrom 起适用。</param>
/// <param name="Head">单位负责人。</param>
/// <param name="DeputyChief">分管副局长。</param>
/// <param name="ActiveFrom">启用日期；为空表示一直启用。</param>
/// <param name="ActiveTo">停用日期（当日仍启用）；为空表示未停用。</param>
/// <param name="Aliases">别名、曾用名。</param>
/// <param name="Version">版本，即 ETag。</param>
/// <param name="Imported">由历史导入自动建立，尚未经人工登记。</param>
/// <param name="SucceededBy">撤并后的承接单位代码。</param>
/// <param name="TierFrom">类别从哪个月起适用；为空表示从未变过。</param>
/// <param name="Tiers">历来的类别，从早到晚，第一项从 0001-01 起；从未变过的为空。</param>
/// <param name="Waiting">待另一人批准的变更。</param>
internal sealed record UnitView(string Code, string Name, UnitTier Tier, string? Head, string? DeputyChief, DateOnly? ActiveFrom,
    DateOnly? ActiveTo, IReadOnlyList<string> Aliases, long Version, bool Imported, string? SucceededBy = null, Month? TierFrom = null,
    IReadOnlyList<UnitTierView>? Tiers = null, RollChangeView? Waiting = null)
{
    public static UnitView Of(Unit unit) =>
        new(unit.Code, unit.Name, unit.Tiers?[^1].Tier ?? unit.Tier, unit.Head, unit.DeputyChief, unit.ActiveFrom, unit.ActiveTo,
            unit.Aliases, unit.Version, unit.Imported, unit.SucceededBy, unit.TierSince(),
            unit.Tiers is { } tiers ? [.. tiers.Select(t => new UnitTierView(t.From, t.Tier))] : null,
            unit.Waiting is { } waiting ? RollChangeView.Of(waiting) : null);
}

/// <summary>从某月起的类别。</summary>
/// <param name="From">开始的月份。</param>
/// <param name="Tier">类别。</param>
internal sealed record UnitTierView(Month From, UnitTier Tier);

/// <summary>提请的变更：会改变本月或以前某月的排名表中有哪些单位，须由另一人批准。</summary>
/// <param name="Members">变更的字段：tier、activeFrom、activeTo、succeededBy；没有列出的不变。</param>
/// <param name="Tier">变更后的类别。</param>
/// <param name="TierFrom">类别从哪个月起适用。</param>
/// <param name="ActiveFrom">变更后的启用日期。</param>
/// <param name="ActiveTo">变更后的停用日期。</param>
/// <param name="SucceededBy">变更后的承接单位代码。</param>
/// <param name="ProposedBy">提请人。</param>
/// <param name="At">提请的时间。</param>
internal sealed record RollChangeView(IReadOnlyList<string> Members, UnitTier? Tier, Month? TierFrom, DateOnly? ActiveFrom,
    DateOnly? ActiveTo, string? SucceededBy, string ProposedBy, DateTimeOffset At)
{
    public static RollChangeView Of(RollChange change)
    {
        (string Name, bool IsPart)[] members = [("tier", change.Tier is not null), ("activeFrom", change.ActiveFrom is not null),
            ("activeTo", change.ActiveTo is not null), ("succeededBy", change.SucceededBy is not null)];
        return new([.. members.Where(m => m.IsPart).Select(m => m.Name)], change.Tier?.Tier, change.Tier?.From, change.ActiveFrom?.Value,
            change.ActiveTo?.Value, change.SucceededBy?.Value, change.ProposedBy, change.At);
    }
}

/// <summary>办理单位及其变更的提请。</summary>
/// <param name="Unit">单位现在的信息；其中 waiting 为待批准的变更。</param>
/// <param name="Tables">待批准的变更涉及哪些月份的排名表、谁的名次会变化；没有待批准的则为空列表。</param>
/// <param name="Decided">最近决定的变更，最后决定的在最后。</param>
internal sealed record UnitChanges(UnitView Unit, IReadOnlyList<MovedTable> Tables, IReadOnlyList<DecidedChangeView> Decided);

/// <summary>已决定的变更。</summary>
/// <param name="Change">提请的变更。</param>
/// <param name="Approved">是否批准。</param>
/// <param name="End">未批准的：提请人撤回，或他人驳回。</param>
/// <param name="DecidedBy">决定人。</param>
/// <param name="At">决定的时间。</param>
/// <param name="Reason">撤回或驳回的原因。</param>
internal sealed record DecidedChangeView(RollChangeView Change, bool Approved, ProposalEnd? End, string DecidedBy, DateTimeOffset At,
    string? Reason)
{
    public static DecidedChangeView Of(DecidedRollChange decided) =>
        new(RollChangeView.Of(decided.Change), decided.End is null, decided.End, decided.DecidedBy, decided.At, decided.Reason);
}

/// <summary>撤回或驳回变更。</summary>
/// <param name="Reason">原因，记录在案。</param>
internal sealed record RefuseChangeBody([Prose(Limits.Reason)] string? Reason = null);
