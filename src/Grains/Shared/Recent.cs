namespace Hotline.Shared;

/// <summary>A value that its source gave after it was asked for. Decisions take this one: figures are fixed under what is in force, or not at all.</summary>
internal readonly record struct Newest<T>(T Value);

/// <summary>A small, rarely changing list kept in the process, for views: fresh for a second, loaded by one caller at a time.
/// When its source cannot be reached the last copy serves for a minute, so that one lost silo stops nobody from reading.</summary>
/// <param name="load">Gets the value held so far (null at first) and answers the current one, the same instance when nothing changed.</param>
/// <param name="clock">By which copies age; the process's own clock, not that of the business, when it is left out.</param>
internal sealed class Recent<T>(Func<T?, Task<T>> load, TimeProvider? clock = null) where T : class
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UsableFor = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PatienceWithCopy = TimeSpan.FromSeconds(1);

    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly Lock gate = new();
    private Copy? held;
    private Task<T>? running;

    /// <summary>The last copy, however old; null before the first one.</summary>
    public T? Last => Volatile.Read(ref held)?.Value;

    /// <summary>A copy at most one second old. While the source does not answer, or fails, the last copy; the source's fault when there is none to serve.</summary>
    public ValueTask<T> Get()
    {
        var copy = Volatile.Read(ref held);
        return copy is not null && Age(copy) < FreshFor ? new(copy.Value) : new(GetSlowly(copy));
    }

    /// <summary>What was read at the source after this call began; the source's fault when it cannot be reached.</summary>
    public async Task<Newest<T>> GetNewest()
    {
        var asked = clock.GetTimestamp();
        await Load();
        return new(Volatile.Read(ref held) is { } copy && copy.TakenAt >= asked ? copy.Value : await Load());
    }

    /// <summary>Drops the held copy, after a change made through this process.</summary>
    public void Forget() => Volatile.Write(ref held, null);

    private async Task<T> GetSlowly(Copy? copy)
    {
        try
        {
            return await Load().WaitAsync(copy is null ? Patience : PatienceWithCopy);
        }
        catch (Exception) when (copy is not null && Age(copy) < UsableFor)
        {
            return copy.Value;
        }
    }

    private Task<T> Load()
    {
        lock (gate)
        {
            // Off the caller's grain: whoever waits for the copy must not depend on the first caller's turn.
            return running ??= Task.Run(LoadOnce);
        }
    }

    private async Task<T> LoadOnce()
    {
        try
        {
            var takenAt = clock.GetTimestamp();
            var value = await load(Volatile.Read(ref held)?.Value);
            Volatile.Write(ref held, new(value, takenAt));
            return value;
        }
        finally
        {
            lock (gate)
            {
                running = null;
            }
        }
    }

    private TimeSpan Age(Copy copy) => clock.GetElapsedTime(copy.TakenAt);

    private sealed record Copy(T Value, long TakenAt);
}
