using System.Text.Json.Nodes;
using Hotline.Silo;
using Microsoft.AspNetCore.Builder;

[assembly: AssemblyFixture(typeof(Hotline.Api.HotlineApp))]

namespace Hotline.Api;

/// <summary>The real host in this process, on a free port and an empty store. One for all tests: each uses names of its own.</summary>
public sealed class HotlineApp : IAsyncLifetime
{
    public const string BootstrapKey = "bootstrap-key-of-the-tests";

    private readonly string? postgres;
    private int counter;

    public HotlineApp()
        : this(null)
    {
    }

    /// <summary>On PostgreSQL, when a database is named.</summary>
    internal HotlineApp(string? postgres) => this.postgres = postgres;

    /// <summary>The data folder.</summary>
    internal string Folder { get; } = Directory.CreateTempSubdirectory("hotline-api-").FullName;

    /// <summary>With the first key: every role, may act for others.</summary>
    public HotlineClient Client { get; private set; } = null!;

    internal WebApplication Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = Hotline.Silo.Program.Build(WebApplication.CreateSlimBuilder(), new SiloOptions("http://127.0.0.1:0", Folder, postgres, BootstrapKey));
        await Host.StartAsync();
        Client = With(BootstrapKey);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync();
        await Host.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A client with this key; null sends none.</summary>
    public HotlineClient With(string? key) => new(Host.Urls.First(), key);

    /// <summary>A client with a new key of these roles.</summary>
    public async Task<HotlineClient> WithRoles(params string[] roles) => With(await NewKey(roles));

    /// <summary>The secret of a new key.</summary>
    public async Task<string> NewKey(params string[] roles) => (await MadeKey(null, roles))["key"]!.GetValue<string>();

    /// <summary>A new key as it is answered, with its secret.</summary>
    internal async Task<JsonNode> MadeKey(DateTimeOffset? expiresAt, params string[] roles)
    {
        var made = await Client.Post("/api/v1/api-keys", new JsonObject { ["name"] = Unique("officer"), ["roles"] = new JsonArray([.. roles.Select(r => (JsonNode)r)]), ["expiresAt"] = expiresAt?.ToString("O") });
        Assert.Equal(201, made.Status);
        return made.Body;
    }

    /// <summary>A name no other test uses.</summary>
    public string Unique(string name) => $"{name}{Interlocked.Increment(ref counter)}";
}
