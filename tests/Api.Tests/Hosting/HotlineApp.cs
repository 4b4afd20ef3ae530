using System.Text.Json.Nodes;
using Hotline.Silo;
using Microsoft.AspNetCore.Builder;

[assembly: AssemblyFixture(typeof(Hotline.Api.HotlineApp))]

namespace Hotline.Api;

/// <summary>The real host in this process, on a free port and an empty store. One for all tests: each uses names of its own.</summary>
public sealed class HotlineApp : IAsyncLifetime
{
    public const string BootstrapKey = "bootstrap-key-of-the-tests";

    private readonly string folder = Directory.CreateTempSubdirectory("hotline-api-").FullName;
    private int counter;

    /// <summary>With the first key: every role, may act for others.</summary>
    public HotlineClient Client { get; private set; } = null!;

    internal WebApplication Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = Hotline.Silo.Program.Build(WebApplication.CreateSlimBuilder(), new SiloOptions("http://127.0.0.1:0", folder, null, BootstrapKey));
        await Host.StartAsync();
        Client = With(BootstrapKey);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync();
        await Host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A client with this key; null sends none.</summary>
    public HotlineClient With(string? key) => new(Host.Urls.First(), key);

    /// <summary>A client with a new key of these roles.</summary>
    public async Task<HotlineClient> WithRoles(params string[] roles) => With(await NewKey(roles));

    /// <summary>The secret of a new key.</summary>
    public async Task<string> NewKey(params string[] roles)
    {
        var made = await Client.Post("/api/v1/api-keys", new JsonObject { ["name"] = Unique("officer"), ["roles"] = new JsonArray([.. roles.Select(r => (JsonNode)r)]) });
        Assert.Equal(201, made.Status);
        return made["key"]!.GetValue<string>();
    }

    /// <summary>A name no other test uses.</summary>
    public string Unique(string name) => $"{name}{Interlocked.Increment(ref counter)}";
}
