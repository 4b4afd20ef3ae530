using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(Hotline.Storage.PostgresServer))]

namespace Hotline.Storage;

/// <summary>A private PostgreSQL on loopback in a folder of its own, started at the first asking and gone after the last test.
/// Durability settings are the real ones. Without PostgreSQL's programs the asking test fails and says so.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("hotline-pg-").FullName;
    private string? _programs;
    private int _port;
    private int _databases;

    /// <summary>A new empty database; returns its connection string.</summary>
    public async Task<string> NewDatabase(string? settings = null)
    {
        await Start();
        var name = $"t{Interlocked.Increment(ref _databases)}";
        await Execute("postgres", $"CREATE DATABASE {name}");
        if (settings is not null)
        {
            await Execute("postgres", $"ALTER DATABASE {name} SET {settings}");
        }
        return For(name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_port != 0)
        {
            await Run("pg_ctl", "-D", Folder, "-m", "immediate", "-w", "stop");
        }
        Directory.Delete(_folder, recursive: true);
        _starting.Dispose();
    }

    private string Folder => Path.Combine(_folder, "db");

    private string For(string database) => $"Host=127.0.0.1;Port={_port};Username=hotline;Database={database};Include Error Detail=true";

    private async Task Start()
    {
        await _starting.WaitAsync();
        try
        {
            if (_port == 0)
            {
                _programs = Directory.Exists("/usr/lib/postgresql")
                    ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb"))).Max()
                    : null;
                Assert.True(_programs is not null, "PostgreSQL is not installed (no initdb under /usr/lib/postgresql): apt-get install postgresql");
                if (Environment.UserName == "root")
                {
                    await Shell("chown", "nobody", _folder);
                }
                var port = FreePort();
                await Run("initdb", "-D", Folder, "-U", "hotline", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
                await Run("pg_ctl", "-D", Folder, "-w", "-l", Path.Combine(_folder, "log"), "-o",
                    $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200", "start");
                _port = port;
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task Execute(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(For(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private Task Run(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs!, program);
        // The server refuses to run as root.
        return Environment.UserName == "root" ? Shell("runuser", ["-u", "nobody", "--", path, .. arguments]) : Shell(path, arguments);
    }

    private async Task Shell(string program, params string[] arguments)
    {
        // Output goes to a file: the started server inherits it and would hold a pipe open for ever.
        var output = Path.Combine(_folder, "out");
        var shell = new ProcessStartInfo("/bin/sh", ["-c", "\"$@\" >> " + output + " 2>&1", "sh", program, .. arguments]) { WorkingDirectory = "/" };
        using var process = Process.Start(shell)!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await File.ReadAllTextAsync(output)}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
