namespace Hotline.Shared;

/// <summary>Knows whether this process's clock agrees with the database's. A silo more than a second off refuses commands and fires nothing.</summary>
internal sealed class ClockGuard
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);
    private volatile Rejection? _refusal;

    /// <summary>The refusal of a skewed silo (<c>clock.skewed</c>), or null.</summary>
    public Rejection? Refusal => _refusal;

    /// <summary>Takes a reading: this process's clock minus the database's.</summary>
    public void Report(TimeSpan offset) => _refusal = offset.Duration() <= Tolerance
        ? null
        : new Rejection("clock.skewed", "本节点的时钟与数据库相差超过一秒，暂停办理，请联系管理员校时。", RejectionKind.Unavailable);
}
