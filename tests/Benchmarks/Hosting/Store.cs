using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hotline.Benchmarks.Hosting;

/// <summary>One silo's store: a folder with a SQLite file, or a folder and a database.</summary>
/// <param name="Engine">As people write it: SQLite or PostgreSQL.</param>
/// <param name="Postgres">The connection, or null on SQLite.</param>
internal sealed record Store(string Engine, string Folder, string? Postgres)
{
    public bool IsSqlite => Postgres is null;

    public string File => Directory.EnumerateFiles(Folder, "*.db").Single();

    public Task<SiloProcess> Start() => SiloProcess.Start(Folder, Postgres);

    /// <summary>Past the silo. On SQLite it must not run, unless one only reads.</summary>
    public async Task<DbConnection> Open(bool readOnly = false)
    {
        DbConnection connection = IsSqlite
            ? new SqliteConnection($"Data Source={File};Pooling=False" + (readOnly ? ";Mode=ReadOnly" : ""))
            : new NpgsqlConnection(Postgres + ";Pooling=False;Command Timeout=0");
        await connection.OpenAsync();
        return connection;
    }
}
