using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Hotline.Storage;

/// <summary>A statement with lists in it, the same on both engines: <c>IN @name</c> becomes one parameter an item.
/// (Dapper hands a list to Npgsql as one array, which PostgreSQL's IN does not take.)</summary>
internal sealed class ListQuery(string sql)
{
    private string _sql = sql;

    /// <summary>The statement with its lists as parameters.</summary>
    public string Text => _sql;

    public DynamicParameters Values { get; } = new();

    public ListQuery WithList<T>(string name, IEnumerable<T> items)
    {
        var names = new List<string>();
        foreach (var item in items)
        {
            var own = name + names.Count.ToString(CultureInfo.InvariantCulture);
            Values.Add(own, item);
            names.Add("@" + own);
        }
        _sql = _sql.Replace("IN @" + name, $"IN ({(names.Count == 0 ? "NULL" : string.Join(", ", names))})", StringComparison.Ordinal);
        return this;
    }

    public ListQuery With(string name, object value)
    {
        Values.Add(name, value);
        return this;
    }

    /// <summary>Runs it in the given moment, or on what is committed now.</summary>
    public async Task<List<T>> Read<T>(Database database, ReadSnapshot? moment, CancellationToken cancellationToken)
    {
        if (moment is not null)
        {
            return (await moment.Connection.QueryAsync<T>(new CommandDefinition(_sql, Values, moment.Transaction, cancellationToken: cancellationToken))).AsList();
        }
        await using var connection = await database.OpenRead(cancellationToken);
        return (await connection.QueryAsync<T>(new CommandDefinition(_sql, Values, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Opens it as a stream. The reader ends before the moment does.</summary>
    public Task<DbDataReader> Open(ReadSnapshot moment, CancellationToken cancellationToken) => Open(moment.Connection, moment.Transaction, cancellationToken);

    /// <summary>Opens it as a stream on a connection of the caller's.</summary>
    public async Task<DbDataReader> Open(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken) =>
        await connection.ExecuteReaderAsync(new CommandDefinition(_sql, Values, transaction, cancellationToken: cancellationToken));
}
