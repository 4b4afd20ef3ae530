namespace Hotline.Scorecards;

/// <summary>What people call the obligations outside reply and completion, and how many there are of each.</summary>
internal static class OutsideRules
{
    private static readonly (MeasureName Measure, string Name, Func<OutsideCounts, int> Count)[] All =
    [
        (MeasureName.Withdrawn, "到期前撤单", o => o.Withdrawn), (MeasureName.Recalled, "收回", o => o.Recalled), (MeasureName.HandedBack, "退单", o => o.HandedBack),
        (MeasureName.Suspended, "挂起", o => o.Suspended), (MeasureName.Compressed, "上级时限压缩", o => o.Compressed), (MeasureName.Excluded, "剔除", o => o.Excluded),
        (MeasureName.Transferred, "转110", o => o.Transferred), (MeasureName.Diverted, "分流", o => o.Diverted),
        (MeasureName.NotNeeded, "无须协办意见", o => o.NotNeeded), (MeasureName.NotYetDue, "尚未到期", o => o.NotYetDue),
    ];

    /// <summary>Each by name, in the order of product.md §4.</summary>
    public static (string Name, int Count)[] Named(OutsideCounts counts) => [.. All.Select(o => (o.Name, o.Count(counts)))];

    /// <summary>How many obligations are in this place; all of them for <see cref="MeasureName.Received"/>.</summary>
    public static int Of(UnitCounts counts, MeasureName measure) =>
        measure == MeasureName.Received ? counts.Received : measure is MeasureName.Declined or MeasureName.Merged ? 0 : All.First(o => o.Measure == measure).Count(counts.Outside);

    /// <summary>Why it does not count yet; null for one that counts.</summary>
    public static string? NotYetDue(MeasureName measure) => measure == MeasureName.NotYetDue ? "尚未到期，不计入回复率、办结率" : null;
}
