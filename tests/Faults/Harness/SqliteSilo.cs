using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Hotline.Faults;

/// <summary>The one process of a small branch: a silo on SQLite in a folder of its own, started and ready.</summary>
internal sealed class SqliteSilo : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly ServiceProcess _process;

    private SqliteSilo(string name, string? folder)
    {
        _folder = folder ?? Directory.CreateTempSubdirectory($"hotline-faults-{name}-").FullName;
        Node = new Node(name, $"http://127.0.0.1:{Repository.FixedPorts(1)[0]}");
        _process = new ServiceProcess(name, Repository.Silo, _folder, new Dictionary<string, string>
        {
            ["HOTLINE_DATA"] = _folder,
            ["HOTLINE_POSTGRES"] = "",
            ["HOTLINE_BOOTSTRAP_KEY"] = Service.ApiKey,
            ["ASPNETCORE_URLS"] = Node.Url,
        });
    }

    public Node Node { get; }

    public string Folder => _folder;

    public string File => Path.Combine(_folder, "hotline.db");

    /// <param name="folder">A data folder that is there already; null for a new one.</param>
    public static async Task<SqliteSilo> Start(string name, string? folder = null)
    {
        var silo = new SqliteSilo(name, folder);
        await silo.Start();
        return silo;
    }

    public async Task Start()
    {
        _process.Start();
        await Service.UntilReady(Node, Patience);
    }

    public Task Kill() => _process.Kill();

    /// <summary>The number that a query answers, read past the service.</summary>
    public async Task<int> Count(string query)
    {
        await using var store = new SqliteConnection($"Data Source={File};Pooling=False");
        await store.OpenAsync();
        await using var command = store.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Follows an import until it has come as far as asked.</summary>
    public async Task<JsonElement> Until(string import, Func<JsonElement, bool> reached)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await Service.Read(Node, import) is { } view && reached(view))
            {
                return view;
            }
            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>Ends the process and keeps the folder, so that what went wrong can be looked at.</summary>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>After all went well.</summary>
    public async Task Remove()
    {
        await DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
