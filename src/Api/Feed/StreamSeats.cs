namespace Hotline.Api;

/// <summary>How many event streams are open in this process: so many in all, and so many a key. In a cluster every process counts its own.</summary>
internal sealed class StreamSeats
{
    private const int Most = 20;

    /// <summary>A reader needs one, and another while it reconnects.</summary>
    private const int MostOfOneKey = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    /// <summary>A seat for this key, to be given back, or why there is none.</summary>
    public (IDisposable? Seat, Refusal? Refusal) Take(string client)
    {
        lock (_gate)
        {
            var own = _taken.GetValueOrDefault(client);
            if (own >= MostOfOneKey)
            {
                return (null, new(429, "feed.too-many-streams", $"此密钥已有 {MostOfOneKey} 个事件流连接，请先关闭其中一个。") { RetryAfter = 5 });
            }
            if (_taken.Values.Sum() >= Most)
            {
                return (null, new(503, "feed.busy", "事件流连接已达上限，请稍后重试，或改用普通读取。") { RetryAfter = 5 });
            }
            _taken[client] = own + 1;
            return (new Seat(this, client), null);
        }
    }

    private void GiveBack(string client)
    {
        lock (_gate)
        {
            if (--_taken[client] == 0)
            {
                _taken.Remove(client);
            }
        }
    }

    private sealed class Seat(StreamSeats seats, string client) : IDisposable
    {
        public void Dispose() => seats.GiveBack(client);
    }
}
