namespace Hotline.Faults;

/// <summary>How long a fault was felt at the addresses that it left alone.</summary>
internal static class Window
{
    /// <summary>From the fault to the end of the last call that failed there; zero when none did.</summary>
    public static TimeSpan After(long fault, IReadOnlyList<Attempt> attempts, IReadOnlyList<Node> living, long until = long.MaxValue)
    {
        var failed = Failed(fault, attempts, living, until).ToList();
        return failed.Count == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(failed.Max(a => a.EndedAt) - fault);
    }

    /// <summary>From the fault to the start of the last call that failed there: from then on every new call worked.</summary>
    public static TimeSpan Started(long fault, IReadOnlyList<Attempt> attempts, IReadOnlyList<Node> living, long until = long.MaxValue)
    {
        var failed = Failed(fault, attempts, living, until).ToList();
        return failed.Count == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Max(0, failed.Max(a => a.StartedAt) - fault));
    }

    public static int Errors(long fault, IReadOnlyList<Attempt> attempts, IReadOnlyList<Node> living, long until = long.MaxValue) =>
        Failed(fault, attempts, living, until).Count();

    private static IEnumerable<Attempt> Failed(long fault, IReadOnlyList<Attempt> attempts, IReadOnlyList<Node> living, long until) =>
        attempts.Where(a => a.Outcome != Outcome.Done && a.EndedAt >= fault && a.StartedAt <= until && living.Any(n => n.Name == a.Node));
}
