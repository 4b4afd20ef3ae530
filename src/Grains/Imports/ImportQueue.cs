using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Hotline.Imports;

/// <summary>Imports of this process that wait for their turn; they run one after the other.</summary>
internal sealed class ImportQueue
{
    private readonly Channel<string> _ids = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, bool> _waiting = new();

    /// <summary>The imports that wait, in no order.</summary>
    public ICollection<string> Waiting => _waiting.Keys;

    public void Add(string id)
    {
        if (_waiting.TryAdd(id, true))
        {
            _ids.Writer.TryWrite(id);
        }
    }

    public async ValueTask<string> Next(CancellationToken stop)
    {
        var id = await _ids.Reader.ReadAsync(stop);
        _waiting.TryRemove(id, out _);
        return id;
    }
}
