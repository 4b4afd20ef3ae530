namespace Hotline.Shared;

/// <summary>Now, as it is stored.</summary>
internal static class Instants
{
    /// <summary>Now in whole milliseconds: what is stored is what was decided on.</summary>
    public static DateTimeOffset Instant(this TimeProvider clock) => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
