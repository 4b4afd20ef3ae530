using Npgsql;

namespace Hotline.Benchmarks.Hosting;

/// <summary>A PostgreSQL of this run: own folder, own port, loopback only, durable. Under root it runs as another user.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Owner = "hotline";

    private readonly string _folder;
    private readonly string _bin;
    private readonly int _port;

    private PostgresServer(string folder, string bin, int port) => (_folder, _bin, _port) = (folder, bin, port);

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
        var folder = Places.NewFolder("postgres");
        var server = new PostgresServer(folder, FindBin(), Places.FreePort());
        if (System.Environment.UserName == "root")
        {
            await ChildProcess.Run("chmod", ["755", Path.GetDirectoryName(folder)!]);
            await ChildProcess.Run("chown", ["postgres", folder]);
        }
        var cluster = Path.Combine(folder, "pg");
        await server.AsOwner("initdb", "-D", cluster, "-U", Owner, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        var settings = $"-c port={server._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=512MB -c max_wal_size=4GB"
            + " -c fsync=on -c synchronous_commit=on -c max_connections=200 -c track_wal_io_timing=on";
        await server.AsOwner("pg_ctl", "-D", cluster, "-w", "-l", Path.Combine(folder, "log"), "-o", settings, "start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.StopIfRunning();
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
        var postmaster = int.Parse(File.ReadLines(Path.Combine(_folder, "pg", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var ticks = Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])).Select(d => ReadStat(Path.Combine(d, "stat")))
            .Where(s => s is { } stat && (stat.Id == postmaster || stat.Parent == postmaster)).Sum(s => s!.Value.Ticks);
        return TimeSpan.FromSeconds(ticks / 100.0);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await AsOwner("pg_ctl", "-D", Path.Combine(_folder, "pg"), "-m", "fast", "-w", "stop");
    }

    /// <summary>For a run that is told to stop, or whose end went wrong: the server has no other parent that would.</summary>
    private void StopIfRunning()
    {
        var file = Path.Combine(_folder, "pg", "postmaster.pid");
        if (File.Exists(file))
        {
            using var kill = Process.Start("kill", ["-INT", File.ReadLines(file).First()]);
            kill.WaitForExit();
        }
    }

    private Task<string> AsOwner(string tool, params string[] args) => System.Environment.UserName == "root"
        ? ChildProcess.Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", Tool(tool), .. args])
        : ChildProcess.Run(Tool(tool), args);

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
