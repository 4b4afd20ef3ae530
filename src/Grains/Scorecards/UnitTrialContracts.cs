using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>名册变更涉及的一张排名表，按现有工单计算</summary>
/// <param name="Month">月份</param>
/// <param name="Tier">排名范围</param>
/// <param name="RankedBefore">变更前参加排名的单位数</param>
/// <param name="RankedAfter">变更后参加排名的单位数</param>
/// <param name="Units">名次、后三位或末位会变化的单位，按变更后的名次排列</param>
[GenerateSerializer, Immutable, Alias("hotline.MovedTable")]
public sealed record MovedTable(Month Month, LeagueTier Tier, int RankedBefore, int RankedAfter, IReadOnlyList<MovedUnit> Units);

/// <summary>一个单位在变更前后的位置</summary>
/// <param name="Unit">单位</param>
/// <param name="Before">变更前；不在表中为空</param>
/// <param name="After">变更后；不在表中为空</param>
[GenerateSerializer, Immutable, Alias("hotline.MovedUnit")]
public sealed record MovedUnit(LeagueUnitName Unit, MovedPlace? Before, MovedPlace? After);

/// <summary>单位在表中的位置</summary>
/// <param name="Rank">名次；未参加排名为空</param>
/// <param name="BottomThree">是否后三位</param>
/// <param name="Last">是否末位</param>
[GenerateSerializer, Immutable, Alias("hotline.MovedPlace")]
public sealed record MovedPlace(int? Rank, bool BottomThree, bool Last);

/// <summary>Whom a waiting change of a unit would move. Key <c>L-unit-trials</c>; every silo answers by itself, nothing is
/// stored.</summary>
[Alias("hotline.IUnitTrialsGrain"), Reads]
public interface IUnitTrialsGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "L-unit-trials";

    /// <summary>The tables that the unit's waiting change would touch, month by month, before and after, from the same facts; none when
    /// nothing waits.</summary>
    [Alias("Run")]
    Task<IReadOnlyList<MovedTable>> Run(string unit);
}
