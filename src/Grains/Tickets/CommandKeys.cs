using Dapper;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>Forgets idempotency keys after the seven days for which one key has one effect.</summary>
internal sealed class CommandKeys(Database database, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>So many a transaction: nobody waits long for it.</summary>
    private const int AtOnce = 1000;

    private const string Old = "DELETE FROM command_key WHERE (client, key) IN (SELECT client, key FROM command_key WHERE at < @before ORDER BY at LIMIT @AtOnce)";

    /// <summary>Answers how many were forgotten.</summary>
    public async Task<int> Prune(CancellationToken cancellationToken)
    {
        var (before, forgotten, some) = ((clock.GetUtcNow() - Kept).ToUnixTimeMilliseconds(), 0, 0);
        do
        {
            await database.Write(async (connection, transaction) => some = await connection.ExecuteAsync(Old, new { before, AtOnce }, transaction), cancellationToken);
            forgotten += some;
        }
        while (some == AtOnce);
        return forgotten;
    }
}
