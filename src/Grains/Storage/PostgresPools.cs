using System.Globalization;
using Npgsql;

namespace Hotline.Storage;

/// <summary>A process's connections to PostgreSQL, in small pools by purpose: whoever floods one holds up no other. The sessions guard everybody else
/// against this process: nothing of theirs waits, runs or idles in a transaction without end, and a commit is flushed before it is answered.</summary>
internal sealed class PostgresPools : IAsyncDisposable
{
    /// <summary>Longest wait for a connection, to the server or from a pool.</summary>
    private const int ConnectSeconds = 3;
    private const int CommandSeconds = 10;

    /// <summary>A search that takes longer is given up.</summary>
    public const int SearchSeconds = 5;

    /// <summary>What one silo opens at most, with the two of Orleans' membership table.</summary>
    public const int OfSilo = CommandConnections + ReadConnections + SweepConnections + SearchConnections + MembershipConnections;

    /// <summary>What a gateway opens at most: it writes nothing and sweeps nothing.</summary>
    public const int OfGateway = ReadConnections + SearchConnections + MembershipConnections;

    /// <summary>Orleans' membership table has connections of its own: nothing silences a silo's signs of life.</summary>
    public const int MembershipConnections = 2;

    private const int CommandConnections = 8;
    private const int ReadConnections = 8;
    private const int SweepConnections = 2;
    private const int SearchConnections = 3;

    /// <summary>A silo that is cut off, or its machine dead, loses its sessions and their locks within about 15 s.</summary>
    private const string Session = "-c synchronous_commit=on -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=3 -c tcp_keepalives_count=3";

    public PostgresPools(string connectionString)
    {
        Commands = Source(connectionString, CommandConnections, lockSeconds: 3, CommandSeconds);
        Reads = Source(connectionString, ReadConnections, lockSeconds: 3, statementSeconds: 60);
        Sweep = Source(connectionString, SweepConnections, lockSeconds: 1, statementSeconds: 3);
        Searches = Source(connectionString, SearchConnections, lockSeconds: 1, SearchSeconds);
    }

    /// <summary>Writes: the tickets' batches, records, facts.</summary>
    public NpgsqlDataSource Commands { get; }

    /// <summary>Reads by key and lists, reckonings included.</summary>
    public NpgsqlDataSource Reads { get; }

    /// <summary>What keeps deadlines and clocks.</summary>
    public NpgsqlDataSource Sweep { get; }

    /// <summary>Searches in texts and counts of whole lists.</summary>
    public NpgsqlDataSource Searches { get; }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in new[] { Commands, Reads, Sweep, Searches })
        {
            await source.DisposeAsync();
        }
    }

    private static NpgsqlDataSource Source(string connectionString, int connections, int lockSeconds, int statementSeconds)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.MaxPoolSize = connections;
        settings.MaxAutoPrepare = settings.MaxAutoPrepare == 0 ? 50 : settings.MaxAutoPrepare;
        settings.AutoPrepareMinUsages = 2;
        settings.Timeout = ConnectSeconds;
        // The server's own limit comes first: its answer is definite.
        settings.CommandTimeout = statementSeconds + 1;
        // The ticket writer asks which item of a batch failed.
        settings.IncludeFailedBatchedCommand = true;
        // Over a dead line it would take as long again to ask the server to stop, which it does by itself soon; only what runs long is told to.
        settings.CancellationTimeout = statementSeconds > CommandSeconds || connections == SearchConnections ? settings.CancellationTimeout : -1;
        settings.TcpKeepAlive = true;
        settings.TcpKeepAliveTime = 5;
        settings.TcpKeepAliveInterval = 3;
        settings.Options = string.Create(CultureInfo.InvariantCulture, $"{settings.Options} {Session} -c lock_timeout={lockSeconds}s "
            + $"-c statement_timeout={statementSeconds}s -c idle_in_transaction_session_timeout={statementSeconds}s").Trim();
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
