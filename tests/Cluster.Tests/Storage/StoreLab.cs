using System.Globalization;
using System.Text;
using Dapper;
using Hotline.Integrity;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hotline.Storage;

/// <summary>An empty store on one of the engines, with everything a test asks of it.</summary>
internal sealed class StoreLab : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string PostgreSql = "postgresql";

    private readonly List<IAsyncDisposable> _opened = [];

    private StoreLab()
    {
    }

    public required Database Database { get; init; }

    public required TicketStore Store { get; init; }

    public required StorageOptions Options { get; init; }

    public TicketStoreReads Reads => new(Database);

    public EventFeed Feed => new(Database);

    /// <summary>What the batch writer of <see cref="Store"/> is; for tests that go below the store.</summary>
    public required ITicketBatchWriter Writer { get; init; }

    public static async Task<StoreLab> Open(string engine, PostgresServer server)
    {
        var folder = Directory.CreateTempSubdirectory("hotline-data-").FullName;
        var options = new StorageOptions(folder, engine == Sqlite ? null : await server.NewDatabase());
        var database = Database.Open(options);
        ITicketBatchWriter writer = engine == Sqlite ? new SqliteTicketWriter(database) : new PostgresTicketWriter(database.Postgres!);
        var lab = new StoreLab { Database = database, Options = options, Writer = writer, Store = new TicketStore(database, writer, NullLogger<TicketStore>.Instance) };
        lab.Store.Start();
        return lab;
    }

    /// <summary>A second store on the same database: on PostgreSQL with connections of its own, as another process has.</summary>
    public TicketStore Another()
    {
        var database = Options.Engine == StorageEngine.Sqlite ? Database : Database.Open(Options);
        var store = TicketStore.Create(database, NullLogger<TicketStore>.Instance);
        store.Start();
        _opened.Add(store);
        if (database != Database)
        {
            _opened.Add(database);
        }
        return store;
    }

    public async Task<long> Count(string table, string ticketId) =>
        await Scalar<long>($"SELECT count(*) FROM {table} WHERE ticket_id = @ticketId", new { ticketId });

    /// <summary>What is stored of the ticket's obligations and answers, in the order of the check.</summary>
    public async Task<ScoredRows> Scored(string ticketId)
    {
        await using var connection = await Database.OpenRead(CancellationToken.None);
        var stored = await StoreScan.Read(connection, null, new("", null), CancellationToken.None);
        return stored.SingleOrDefault(t => t.Id == ticketId)?.Scored ?? ScoredRows.None;
    }

    public async Task<T> Scalar<T>(string sql, object? values = null)
    {
        await using var connection = await Database.OpenRead(CancellationToken.None);
        return (await connection.ExecuteScalarAsync<T>(sql, values))!;
    }

    public Task Execute(string sql) =>
        Database.Write((connection, transaction) => connection.ExecuteAsync(sql, transaction: transaction), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        foreach (var opened in _opened)
        {
            await opened.DisposeAsync();
        }
        await Database.DisposeAsync();
        Directory.Delete(Options.DataFolder, recursive: true);
    }

    /// <summary>A command on a ticket: event n.</summary>
    public static TicketWrite Command(string id, int expected, string mark = "a", CommandKey? key = null) => new(id, expected, Row(id, mark) with { Seq = expected + 1 },
        BothUnits,
        [new EventRow(expected + 1, "registered", 1000 + expected, "me", "client", $$"""{"mark":"{{mark}}"}""", new string('0', 64))],
        [new TicketText("title", "标题 " + mark, "h")], key);

    public static CommandKey Key(string key, string body = "b1") => new("client", key, body, "T-1", 1, 1000);

    /// <summary>A unit that leads and has kept its due, one that supports and still owes, and an answer.</summary>
    private static ScoredRows BothUnits { get; } = new(
        [new("DG", false, 202610, OctoberNoon, OctoberNoon - 5, true, false, 0, false, false), new("XB", true, 202610, OctoberNoon, null, false, false, 0, false, true)],
        [new("DG", 202610, OctoberNoon, 1, 3, false, false)]);

    /// <summary>2026-10-12, 12:00 in Shanghai.</summary>
    public const long OctoberNoon = 1791777600000;

    private static TicketIndexRow Row(string id, string mark) => new()
    {
        TicketId = id,
        Seq = 1,
        Source = "12345",
        ExternalNo = id,
        Nature = "complaint",
        Urgency = "ordinary",
        Topic = mark,
        Status = "triage",
        Unit = "DG",
        ReceivedAt = 1,
        RegisteredAt = 2,
        UpdatedAt = 3,
        Live = true,
        Difficult = false,
        NextAlarmAt = 4,
        AlarmLevel = 0,
        Shard = int.Parse(Convert.ToHexString(Encoding.UTF8.GetBytes(id))[^2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
    };
}
