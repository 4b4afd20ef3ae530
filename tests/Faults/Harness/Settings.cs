namespace Hotline.Faults;

/// <summary>How the run was asked for.</summary>
internal static class Settings
{
    /// <summary><c>HOTLINE_FAULTS=long</c>: the nightly lengths and repetitions instead of CI's.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("HOTLINE_FAULTS") == "long";

    /// <summary><c>HOTLINE_FAULTS_SEED</c>, or a new one; it is printed with every result.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("HOTLINE_FAULTS_SEED"), out var seed) ? seed : Environment.TickCount & 0xFFFF;

    /// <summary>Bounds on time hold for a machine that does nothing else. CI's does: there they are three times as wide. Bounds on safety are never widened.</summary>
    public static TimeSpan Bound(double seconds) => TimeSpan.FromSeconds(IsLong ? seconds : 3 * seconds);

    public static TimeSpan Span(double ci, double atNight) => TimeSpan.FromSeconds(IsLong ? atNight : ci);
}
