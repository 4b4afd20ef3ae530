namespace Hotline.Scorecards;

/// <summary>置信区间: how far a satisfaction rate from few answers can be trusted. For display; nothing is ranked on it.</summary>
internal static class IntervalRules
{
    private const int Decimals = 6;

    /// <summary>The two-sided 95 % quantile of the normal distribution.</summary>
    private const decimal Z = 1.959963984540054m;

    /// <summary>Wilson's 95 % interval of a rate, each bound 0–1; null when nobody answered.</summary>
    public static (decimal Low, decimal High)? Wilson(Measure rate)
    {
        if (rate.Denominator == 0)
        {
            return null;
        }

        decimal n = rate.Denominator;
        var p = rate.Numerator / n;
        var centre = p + (Z * Z / (2 * n));
        var half = Z * Root((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
        var scale = 1 + (Z * Z / n);
        return (Bound((centre - half) / scale), Bound((centre + half) / scale));
    }

    private static decimal Bound(decimal value) => Math.Round(Math.Clamp(value, 0m, 1m), Decimals, MidpointRounding.AwayFromZero);

    /// <summary>Newton's square root in decimal, so that the digits are the same on every machine.</summary>
    private static decimal Root(decimal value)
    {
        if (value <= 0)
        {
            return 0;
        }

        var (root, next) = (0m, Math.Max(value, 1m));
        for (var step = 0; step < 100 && next != root; step++)
        {
            (root, next) = (next, (next + (value / next)) / 2);
        }

        return next;
    }
}
