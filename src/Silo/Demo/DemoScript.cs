using Hotline.Shared;

namespace Hotline.Silo.Demo;

/// <summary>How well a unit works in a month, as shares of its tickets.</summary>
/// <param name="Effective">When set: exactly so many effective callbacks, the rest is unreached; makes ties and units below the minimum.</param>
internal sealed record DemoQuality(double Late, double Unreviewed, double Dissatisfied, double Basically, double Unreached, int? Effective = null)
{
    /// <summary>The figures were set one by one: chance adds nothing to them.</summary>
    public bool IsExact => Effective is not null || Late == 0;
}

/// <summary>
/// The plot of the branch: everybody gets better over the year, three stations a month do badly (with streaks of four, three and two
/// at the end and one of three before), one is perfect, pairs tie, the smallest falls below the callback minimum now and then.
/// </summary>
internal static class DemoScript
{
    /// <summary>Months before the running one that are generated.</summary>
    public const int Months = 12;

    /// <summary>The bottom three by months ago; 0 is the running month.</summary>
    private static readonly string[][] Weak =
    [
        ["LH", "BY", "PY"], ["LH", "BY", "XY"], ["LH", "BY", "XY"], ["LH", "BY", "YT"], ["LH", "NH", "PY"], ["QY", "NH", "LS"], ["DG", "QY", "TY"],
        ["SQ", "LS", "YT"], ["SQ", "BY", "DG"], ["SQ", "BY", "XY"], ["DG", "XY", "PY"], ["DG", "LH", "PY"], ["LH", "YT", "QY"],
    ];

    private static readonly DemoQuality Perfect = new(0, 0, 0, 0, 0.08);

    private static readonly Dictionary<(string Unit, int MonthsAgo), DemoQuality> Scenes = new()
    {
        [("WC", 1)] = Perfect,
        [("WC", 2)] = Perfect,
        [("WC", 3)] = Perfect,
        [("TY", 1)] = Perfect,
        // Ties below full marks: 14/15 satisfied, and 12 + 2 basically satisfied of 14.
        [("LS", 1)] = new(0, 0, 1 / 15d, 0, 0, Effective: 15),
        [("QY", 1)] = new(0, 0, 1 / 15d, 0, 0, Effective: 15),
        [("TY", 3)] = new(0, 0, 0, 2 / 14d, 0, Effective: 14),
        [("SQ", 3)] = new(0, 0, 0, 2 / 14d, 0, Effective: 14),
        [("YK", 2)] = new(0, 0, 0, 0, 0, Effective: 3),
        [("YK", 5)] = new(0, 0, 0, 0, 0, Effective: 4),
        [("YK", 9)] = new(0, 0, 0, 0, 0, Effective: 2),
    };

    public static IReadOnlyList<string> BottomThree(int monthsAgo) => Weak[Math.Clamp(monthsAgo, 0, Months)];

    public static DemoQuality QualityOf(DemoUnit unit, int monthsAgo)
    {
        var ago = Math.Clamp(monthsAgo, 0, Months);
        var past = ago / (double)Months;
        if (Scenes.TryGetValue((unit.Code, ago), out var scene))
        {
            return scene;
        }
        if (Weak[ago].Contains(unit.Code))
        {
            return new(0.14 + (0.06 * past), 0.04, 0.17 + (0.09 * past), 0.12, 0.16 + (0.06 * past));
        }
        // Small units would swing too far on one dissatisfied answer.
        var temper = unit.Volume < 12 ? 0 : 0.7 + (0.1 * (unit.Code[0] % 6));
        // The running month leaves something overdue to look at.
        var late = ago == 0 ? 0.05 : 0.012 + (0.035 * past * temper);
        return new(late, 0.008 * temper, (0.012 + (0.055 * past)) * temper, 0.04 + (0.05 * past), 0.12 + (0.06 * past));
    }

    public static int MonthsAgo(Month month, Month running) => ((running.Year - month.Year) * 12) + running.Number - month.Number;
}
