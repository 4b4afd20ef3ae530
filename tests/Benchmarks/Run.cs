namespace Hotline.Benchmarks;

/// <summary>One run of the program: what its benchmarks share — the PostgreSQL server and the stores that only are read.</summary>
internal sealed class Run(Options options) : IAsyncDisposable
{
    private readonly Dictionary<string, Store> _kept = [];
    private PostgresServer? _postgres;

    public Options Options => options;

    public Size Size => options.Size;

    /// <summary>The wanted engines, each in its turn.</summary>
    public IEnumerable<string> Engines => new[] { "SQLite", "PostgreSQL" }.Where(e => options.Wants(e == "SQLite" ? "sqlite" : "postgres"));

    public async Task<PostgresServer> Postgres() => _postgres ??= await PostgresServer.Start();

    /// <summary>An empty store, or a copy of one on which no silo runs.</summary>
    public async Task<Store> NewStore(string engine, string name, Store? pattern = null)
    {
        var folder = Places.Folder($"{name}-{engine}");
        if (pattern is not null)
        {
            foreach (var file in Directory.EnumerateFiles(pattern.Folder))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }
        }
        static string? Database(string? store) => store?.Replace('-', '_');
        return new Store(engine, folder, engine == "SQLite" ? null : await (await Postgres()).CreateDatabase(Database(name)!,
            pattern is null ? null : Database(Path.GetFileName(pattern.Folder)[..^"-PostgreSQL".Length])));
    }

    /// <summary>The pattern: a month of finished tickets, and open ones at every desk. Not to be changed.</summary>
    public Task<Store> Pattern(string engine) => Kept(engine, "pattern", async store =>
    {
        await using var silo = await store.Start();
        await Importing.Import(silo, HistoryFile.Finished(Size.Month, 2026, 3, HistoryFile.FinishedPrefix), "month");
        await Importing.Import(silo, HistoryFile.AtDesks(Size.Month / 20, TimeProvider.System.GetUtcNow()), "desks", keepOpen: true);
        await Importing.Import(silo, HistoryFile.Intake(Size.Month / 100, TimeProvider.System.GetUtcNow()), "intake", kind: "intake");
    });

    /// <summary>A store grown from the pattern to about so many tickets, texts included. Only to be read.</summary>
    public Task<Store> Stored(string engine, int tickets) => Kept(engine, $"stored-{tickets}", async store =>
    {
        var watch = Stopwatch.StartNew();
        await Growth.Grow(store, (tickets / Size.Month) - 1, Copies.InEarlierMonths, Copies.StillOpen);
        Console.WriteLine($"  {engine}: {tickets:N0} tickets stored in {watch.Elapsed.TotalSeconds:0} s");
    });

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }

    private async Task<Store> Kept(string engine, string name, Func<Store, Task> fill)
    {
        if (!_kept.TryGetValue(engine + name, out var store))
        {
            store = await NewStore(engine, name, name == "pattern" ? null : await Pattern(engine));
            await fill(store);
            _kept[engine + name] = store;
        }
        return store;
    }
}
