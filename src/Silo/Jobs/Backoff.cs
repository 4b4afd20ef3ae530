using System.Collections.Concurrent;

namespace Hotline.Silo;

/// <summary>Tickets that could not be asked wait 2, 4, then 8 seconds before they are asked again, so that they hold up nobody else.
/// What it forgets is merely asked again sooner.</summary>
internal sealed class Backoff(TimeProvider clock)
{
    private const int Most = 10_000;
    private const int Longest = 3;

    private readonly ConcurrentDictionary<string, Wait> _waits = new(StringComparer.Ordinal);

    public int Count => _waits.Count;

    public bool IsWaiting(string id) => _waits.TryGetValue(id, out var wait) && IsRunning(wait);

    public void Failed(string id)
    {
        if (_waits.Count >= Most)
        {
            Forget();
        }
        _waits.AddOrUpdate(id, _ => new(1, clock.GetTimestamp()), (_, wait) => new(Math.Min(wait.Failures + 1, Longest), clock.GetTimestamp()));
    }

    public void Succeeded(string id) => _waits.TryRemove(id, out _);

    private bool IsRunning(Wait wait) => clock.GetElapsedTime(wait.Since) < TimeSpan.FromSeconds(1 << wait.Failures);

    private void Forget()
    {
        foreach (var (id, wait) in _waits)
        {
            if (!IsRunning(wait))
            {
                Succeeded(id);
            }
        }
        if (_waits.Count >= Most)
        {
            _waits.Clear();
        }
    }

    private sealed record Wait(int Failures, long Since);
}
