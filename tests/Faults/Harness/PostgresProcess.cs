using System.Diagnostics;
using Npgsql;

namespace Hotline.Faults;

/// <summary>A PostgreSQL of its own on loopback, with durable settings and a fixed port: it can be stopped, also as by a power failure, and started again.</summary>
internal sealed class PostgresProcess(int port) : IAsyncDisposable
{
    // Apart from the other files of the run: the server's own user must be able to come here.
    private readonly string _folder = Directory.CreateTempSubdirectory("hotline-faults-pg-").FullName;

    private const string Database = "hotline";
    private bool _isUp;

    private static string Programs { get; } = (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
        .Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb"))).Max()
        ?? throw new InvalidOperationException("PostgreSQL is not installed (no initdb under /usr/lib/postgresql): apt-get install postgresql");

    private string Files => Path.Combine(_folder, "db");

    public string Connection(string application = "faults") => $"Host=127.0.0.1;Port={port};Username=hotline;Database={Database};Application Name={application}";

    public async Task Create()
    {
        if (Environment.UserName == "root")
        {
            // The server refuses to run as root.
            await Shell("chown", "nobody", _folder);
        }
        await Run("initdb", "-D", Files, "-U", "hotline", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await Start();
        await using var connection = new NpgsqlConnection(Connection().Replace($"Database={Database}", "Database=postgres", StringComparison.Ordinal) + ";Pooling=false");
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {Database}", connection);
        await create.ExecuteNonQueryAsync();
    }

    public async Task Start()
    {
        if (!_isUp)
        {
            await Run("pg_ctl", "-D", Files, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o",
                $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200", "start");
            _isUp = true;
        }
    }

    /// <summary>As when the machine is switched off: no shutdown of its own, recovery from the log at the next start.</summary>
    public Task StopAtOnce() => Stop("immediate");

    /// <summary>As an administrator does it: open transactions are broken off.</summary>
    public Task StopFast() => Stop("fast");

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await StopAtOnce();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Stop(string mode)
    {
        if (_isUp)
        {
            await Run("pg_ctl", "-D", Files, "-m", mode, "-w", "stop");
            _isUp = false;
        }
    }

    private Task Run(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs, program);
        return Environment.UserName == "root" ? Shell("runuser", ["-u", "nobody", "--", path, .. arguments]) : Shell(path, arguments);
    }

    private async Task Shell(string program, params string[] arguments)
    {
        // Output goes to a file: the started server inherits it and would hold a pipe open for ever.
        var output = Path.Combine(_folder, "out");
        var start = new ProcessStartInfo("/bin/sh", ["-c", "\"$@\" >> " + output + " 2>&1 < /dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await File.ReadAllTextAsync(output)}");
        }
    }
}
