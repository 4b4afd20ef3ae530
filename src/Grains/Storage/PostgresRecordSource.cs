using System.Data.Common;

namespace Hotline.Storage;

/// <summary>Connections for Orleans' AdoNet provider on PostgreSQL. That none is to be had is said in our own words: nothing was written then.</summary>
internal sealed class PostgresRecordSource(Database database) : DbDataSource
{
    public override string ConnectionString => database.Postgres!.ConnectionString;

    protected override DbConnection CreateDbConnection() => database.Postgres!.CreateConnection();

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        database.Open(database.Postgres, cancellationToken);
}
