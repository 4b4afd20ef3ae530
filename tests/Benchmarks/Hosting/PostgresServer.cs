using Npgsql;

namespace Hotline.Benchmarks.Hosting;

/// <summary>A PostgreSQL of this run: own folder, own port, loopback only, durable. Under root it runs as another user.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Owner = "hotline";

    private readonly string _bin;
    private readonly int _port;
    private readonly ChildProcess _process;

    private PostgresServer(string bin, int port, ChildProcess process) => (_bin, _port, _process) = (bin, port, process);

    public string Tool(string name) => Path.Combine(_bin, name);

    public string Connection(string database) => $"Host=127.0.0.1;Port={_port};Username={Owner};Database={database};Max Auto Prepare=40;Maximum Pool Size=48";

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["PGHOST"] = "127.0.0.1",
        ["PGPORT"] = _port.ToString(CultureInfo.InvariantCulture),
        ["PGUSER"] = Owner,
    };

    public static async Task<PostgresServer> Start()
    {
        var (folder, bin, port) = (Places.Folder("postgres"), FindBin(), Places.FreePort());
        if (System.Environment.UserName == "root")
        {
            await ChildProcess.Run("chmod", ["755", Places.Work]);
            await ChildProcess.Run("chown", ["postgres", folder]);
        }
        var files = Path.Combine(folder, "pg");
        var (program, args) = AsOwner(bin, "initdb", "-D", files, "-U", Owner, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await ChildProcess.Run(program, args);
        string[] settings = [$"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=512MB", "max_wal_size=4GB",
            "fsync=on", "synchronous_commit=on", "max_connections=200", "track_wal_io_timing=on"];
        (program, args) = AsOwner(bin, "postgres", ["-D", files, .. settings.SelectMany(s => new[] { "-c", s })]);
        var server = new PostgresServer(bin, port, ChildProcess.Start(program, args, softly: "INT", atOnce: "QUIT"));
        await server.UntilReady();
        return server;
    }

    public async Task<string> CreateDatabase(string name, string? template = null)
    {
        await Execute("postgres", $"CREATE DATABASE {name}" + (template is null ? "" : $" TEMPLATE {template}"));
        return Connection(name);
    }

    public async Task Execute(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Connection(database) + ";Pooling=false;Command Timeout=600");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> Number(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Connection(database) + ";Pooling=false;Command Timeout=600");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>User and system time of the postmaster and all its children, dead ones included.</summary>
    public TimeSpan Cpu()
    {
        var ticks = Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])).Select(d => ReadStat(Path.Combine(d, "stat")))
            .Where(s => s is { } stat && (stat.Id == _process.Id || stat.Parent == _process.Id)).Sum(s => s!.Value.Ticks);
        return TimeSpan.FromSeconds(ticks / 100.0);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _process.DisposeAsync();
    }

    private async Task UntilReady()
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(60) && !_process.HasExited; await Task.Delay(50))
        {
            try
            {
                await Execute("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException)
            {
                // Not listening, or still starting up.
            }
        }
        throw new InvalidOperationException("PostgreSQL did not start: " + _process.Output);
    }

    /// <summary>The server refuses to run as root. setpriv becomes the program: the process id is the program's.</summary>
    private static (string Program, IReadOnlyList<string> Args) AsOwner(string bin, string tool, params string[] args) =>
        System.Environment.UserName == "root"
            ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", Path.Combine(bin, tool), .. args])
            : (Path.Combine(bin, tool), args);

    private static (int Id, int Parent, long Ticks)? ReadStat(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            // After the name in brackets: state, parent, …, utime (12th), stime, cutime, cstime.
            var rest = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var own = long.Parse(rest[11], CultureInfo.InvariantCulture) + long.Parse(rest[12], CultureInfo.InvariantCulture);
            var dead = long.Parse(rest[13], CultureInfo.InvariantCulture) + long.Parse(rest[14], CultureInfo.InvariantCulture);
            return (int.Parse(text[..text.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture), int.Parse(rest[1], CultureInfo.InvariantCulture), own + dead);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string FindBin() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb"))).Max()
                ?? throw new InvalidOperationException("No initdb under /usr/lib/postgresql.")
            : throw new InvalidOperationException("PostgreSQL is not installed (Debian: postgresql).");
}
