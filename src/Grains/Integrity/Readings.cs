using System.Data.Common;
using Hotline.Storage;

namespace Hotline.Integrity;

/// <summary>A connection on which one worker reads, within its own moment.</summary>
internal sealed record Reading(DbConnection Connection, DbTransaction? Transaction);

/// <summary>The readings of a work over the whole store: one a worker.</summary>
internal sealed class Readings : IAsyncDisposable
{
    private const int Workers = 2;

    private readonly List<ReadSnapshot> _moments = [];

    public IReadOnlyList<Reading> All => [.. _moments.Select(m => new Reading(m.Connection, m.Transaction))];

    public static async Task<Readings> Open(Database database, CancellationToken cancellationToken)
    {
        var readings = new Readings();
        try
        {
            while (readings._moments.Count < Workers)
            {
                readings._moments.Add(await ReadSnapshot.Open(database, cancellationToken));
            }
            return readings;
        }
        catch
        {
            await readings.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var moment in _moments)
        {
            await moment.DisposeAsync();
        }
    }
}
