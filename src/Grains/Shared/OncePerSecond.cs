using System.Diagnostics;

namespace Hotline.Shared;

/// <summary>Keeps a log readable when the same thing happens thousands of times: one line a second, which says for how many it stands.</summary>
internal sealed class OncePerSecond
{
    private readonly Lock _lock = new();
    private long? _last;
    private int _since;

    /// <summary>How many have happened since the last line, this one included; null while no line is due.</summary>
    public int? Count()
    {
        lock (_lock)
        {
            _since++;
            if (_last is { } last && Stopwatch.GetElapsedTime(last) < TimeSpan.FromSeconds(1))
            {
                return null;
            }
            (var count, _since, _last) = (_since, 0, Stopwatch.GetTimestamp());
            return count;
        }
    }
}
