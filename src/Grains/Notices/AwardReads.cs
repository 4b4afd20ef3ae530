using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Notices;

/// <summary>Grain keys of lists.</summary>
internal static class AwardKeys
{
    public static string Of(Quarter quarter) => $"Q-{quarter}";

    public static string OfYear(int year) => $"Y-{year:0000}";

    /// <summary>As lists of a year are stored.</summary>
    public static string PeriodOf(int year) => year.ToString("0000", System.Globalization.CultureInfo.InvariantCulture);

    public static Quarter QuarterOf(string key) => Quarter.Parse(key[2..])!.Value;

    public static int YearOf(string key) => int.Parse(key.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Reading what was approved.</summary>
internal static class AwardReads
{
    /// <summary>A damaged list is named, never served and never passed over for figures of now.</summary>
    public static Task<Result<T>> Honest<T>(Func<Task<Result<T>>> work) where T : class => RevisionDamagedException.Named("award.damaged", work);
}
