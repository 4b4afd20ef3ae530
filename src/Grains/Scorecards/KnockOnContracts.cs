using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>连带影响：一次更正在别处引起的变化</summary>
/// <param name="Kind">类别：rank 名次，flag 标记，streak 连续后三位，以及其他业务登记的类别</param>
/// <param name="Month">发生变化的月份</param>
/// <param name="Unit">涉及的单位；涉及全表时为空</param>
/// <param name="Before">更正前</param>
/// <param name="After">更正后</param>
/// <param name="Text">说明</param>
[GenerateSerializer, Immutable, Alias("hotline.KnockOn")]
public sealed record KnockOn(string Kind, Month Month, LeagueUnitName? Unit, string? Before, string? After, string Text);

/// <summary>One table before and after a correction.</summary>
/// <param name="Before">The revision that is replaced, figures as published.</param>
/// <param name="After">The next revision, proposed or published.</param>
/// <param name="AsOf">Now: months up to its month may be touched.</param>
internal sealed record TableChange(LeagueBody Before, int BeforeRevision, LeagueBody After, int AfterRevision, DateTimeOffset AsOf)
{
    public Month Month => After.Month;

    public LeagueTier Tier => After.Tier;
}

/// <summary>Says what a corrected table changes beyond its own figures. Each slice that stores or shows something derived from tables registers one
/// (<c>services.AddSingleton&lt;IKnockOn, …&gt;()</c>); their findings are listed one after another, in the order of registration.</summary>
internal interface IKnockOn
{
    /// <summary>Reads only. The change may be a proposal that is never approved, or one published long ago.</summary>
    Task<IReadOnlyList<KnockOn>> Of(TableChange change, CancellationToken cancellationToken);
}
