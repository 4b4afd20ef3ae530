using System.Diagnostics;
using Npgsql;

namespace Hotline.Api;

/// <summary>A machine that was just switched on starts its services in any order: silos and gateways wait a while for PostgreSQL.</summary>
internal static class DatabaseWait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <exception cref="StartRefusedException"><c>storage.unreachable</c>, <c>storage.setting-invalid</c></exception>
    public static async Task Until(string postgres)
    {
        await using var source = Source(postgres);
        var since = Stopwatch.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync();
                return;
            }
            catch (NpgsqlException away) when (IsPassing(away) && Stopwatch.GetElapsedTime(since) < Patience)
            {
                if (tries == 0)
                {
                    Console.WriteLine($"Waiting for PostgreSQL: {away.Message}");
                }
                await Task.Delay(Pause);
            }
            catch (NpgsqlException away)
            {
                throw new StartRefusedException("storage.unreachable", $"无法连接 PostgreSQL。 PostgreSQL cannot be used: {away.Message}");
            }
        }
    }

    /// <summary>Not there yet, or still starting. A wrong password or database does not pass by waiting.</summary>
    private static bool IsPassing(NpgsqlException fault) => fault is not PostgresException server || server.SqlState.StartsWith("57P", StringComparison.Ordinal);

    private static NpgsqlDataSource Source(string postgres)
    {
        try
        {
            // A few seconds for one try: a server that hangs is not one that is away.
            return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false, Timeout = 5 });
        }
        catch (ArgumentException malformed)
        {
            throw new StartRefusedException("storage.setting-invalid",
                $"HOTLINE_POSTGRES 应为 PostgreSQL 连接字符串。 HOTLINE_POSTGRES is to be a connection string of PostgreSQL: {malformed.Message}");
        }
    }
}
