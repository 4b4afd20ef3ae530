namespace Hotline.Storage;

/// <summary>Whether this process reaches its database, as those who asked it tell; the pulse asks every two seconds, whoever else does. A silo without database
/// for five seconds takes no grains.</summary>
internal sealed class StoreHealth(TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private long _answered = clock.GetTimestamp();
    private volatile bool _failed;

    /// <summary>The last asking failed, and for five seconds none was answered.</summary>
    public bool IsAway => _failed && clock.GetElapsedTime(Volatile.Read(ref _answered)) > Patience;

    public void Answered()
    {
        _failed = false;
        Volatile.Write(ref _answered, clock.GetTimestamp());
    }

    public void Failed() => _failed = true;
}
