using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Api;

/// <summary>A POST whose caller left before the answer has one effect, and its repeat under the same key is told the first answer. On a host of its own.</summary>
public sealed class OneEffectTests : IAsyncLifetime
{
    /// <summary>POSTs that only ask: what they answer is reckoned anew each time.</summary>
    private static readonly string[] Questions =
    [
        "/calendar/{year:int}/preview", "/league-tables/{month}/verify", "/league-tables/{month}/what-if", "/policies/deadlines/{version}/preview",
        "/policies/scoring/{version}/sandbox",
    ];

    private const string Month = "2020-01";

    private static readonly Dictionary<string, Func<OneEffectTests, Task<(string Path, JsonObject Body)>>> Commands = new()
    {
        ["/api-keys"] = t => Of("/api-keys", new() { ["name"] = t._app.Unique("left"), ["roles"] = new JsonArray("viewer") }),
        ["/api-keys/{id}/revoke"] = async t => ($"/api-keys/{await t.Key()}/revoke", []),
        ["/league-tables/{month}/close"] = t => Of($"/league-tables/{Month}/close?tier=station", []),
        ["/league-tables/{month}/propose-publication"] = async t => (await t.Closed("propose-publication"), []),
        ["/league-tables/{month}/withdraw-proposal"] = async t => (await t.Proposed("withdraw-proposal"), Reason),
        ["/league-tables/{month}/approve-publication"] = async t => (await t.Proposed("approve-publication"), []),
        ["/quarters/{quarter}/vetoes"] = async t => ("/quarters/2020-Q1/vetoes", new() { ["unit"] = await t.Unit(), ["ground"] = "leak", ["evidence"] = "泄露了诉求人的联系方式，有截图为证。" }),
        ["/quarters/{quarter}/vetoes/{id}/withdraw"] = async t => ($"/quarters/2020-Q1/vetoes/{await t.Veto()}/withdraw", Reason),
        ["/policies/deadlines/{version}/approve"] = async t => ($"/policies/deadlines/{await t.Deadlines()}/approve", []),
        ["/policies/deadlines/{version}/drop"] = async t => ($"/policies/deadlines/{await t.Deadlines()}/drop", []),
        ["/calendar/{year:int}/apply"] = t => Of("/calendar/2026/apply", Reason),
        ["/tickets"] = t => Of("/tickets", t.Ticket()),
        ["/tickets/{id}/annotate"] = async t => ($"/tickets/{await t.Registered()}/annotate", new() { ["text"] = "诉求人补充：每晚十点以后最吵，影响老人休息。" }),
        ["/tickets/{id}/dispatch"] = async t => ($"/tickets/{await t.Registered()}/dispatch", new() { ["leadUnit"] = await t.Unit(), ["supportingUnits"] = new JsonArray() }),
    };

    private readonly HotlineApp _app = new();

    public static TheoryData<string> Cases => [.. Commands.Keys];

    private static JsonObject Reason => new() { ["reason"] = "经复核需要调整，请按此办理并留存备查。" };

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory, MemberData(nameof(Cases))]
    public async Task CallerWhoLeft_IsToldTheFirstAnswer_OfOneEffect(string command)
    {
        var (path, body) = await Commands[command](this);
        var (key, stays) = (Guid.NewGuid().ToString(), TimeSpan.FromMilliseconds(10));
        HotlineAnswer again;
        do
        {
            // Until one is seen that had come in before its caller left.
            await SendAndLeave("/api/v1" + path, body.ToJsonString(), key, stays *= 2);
            again = await _app.Client.Post("/api/v1" + path, body, ("Idempotency-Key", key));
            Assert.True(again.Status is >= 200 and < 300, again.Text);
        }
        while (!again.Headers.ContainsKey("Idempotency-Replayed"));

        Assert.Equal(again.Text, (await _app.Client.Post("/api/v1" + path, body, ("Idempotency-Key", key))).Text);
        Assert.True((await _app.Client.Post("/api/v1" + path, new JsonObject { ["other"] = 1 }, ("Idempotency-Key", key))).Status is 400 or 422);
    }

    /// <summary>Tickets' commands keep their key with the event, records' commands with the record, imports are found by it; whatever else is posted is a question.</summary>
    [Fact]
    public void EveryPost_IsACommandOfAGrain_OrAQuestion()
    {
        var posts = _app.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true).ToArray();
        Assert.InRange(posts.Length, 60, 200);
        Assert.All(posts, post =>
        {
            var route = post.RoutePattern.RawText!["/api/v1".Length..];
            var takes = post.Metadata.GetMetadata<System.Reflection.MethodInfo>()!.GetParameters().Any(p => p.ParameterType == typeof(CommandContext));
            Assert.True(takes || Questions.Contains(route), route);
        });
    }

    private static Task<(string, JsonObject)> Of(string path, JsonObject body) => Task.FromResult((path, body));

    private async Task SendAndLeave(string path, string body, string key, TimeSpan stays)
    {
        var address = new Uri(_app.Host.Urls.First());
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = $"POST {path} HTTP/1.1\r\nHost: x\r\nX-Api-Key: {HotlineApp.BootstrapKey}\r\nIdempotency-Key: {key}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {bytes.Length}\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head).Concat(bytes).ToArray());
        // The request is on its way; the connection is reset, mostly before any answer.
        await Task.Delay(stays);
        client.Client.LingerState = new LingerOption(true, 0);
    }

    private JsonObject Ticket() => new()
    {
        ["source"] = "12345", ["externalNo"] = _app.Unique("L"), ["nature"] = "complaint", ["urgency"] = "ordinary", ["title"] = "夜间施工噪声",
        ["content"] = "工地夜间施工，影响休息。", ["receivedAt"] = "2026-10-08T09:30:00+08:00",
    };

    private async Task<string> Registered() => (await Done("/tickets", Ticket()))["id"]!.GetValue<string>();

    private async Task<string> Key() =>
        (await Done("/api-keys", new() { ["name"] = _app.Unique("left"), ["roles"] = new JsonArray("viewer") }))["id"]!.GetValue<string>();

    private async Task<string> Unit()
    {
        var code = _app.Unique("U");
        Assert.Equal(201, (await _app.Client.Put($"/api/v1/units/{code}", new JsonObject { ["name"] = code + "所", ["tier"] = "station" })).Status);
        return code;
    }

    private async Task<string> Veto() => (await Done("/quarters/2020-Q1/vetoes",
        new() { ["unit"] = await Unit(), ["ground"] = "leak", ["evidence"] = "泄露了诉求人的联系方式，有截图为证。" }))["id"]!.GetValue<string>();

    private async Task<string> Deadlines()
    {
        var version = _app.Unique("d");
        var v1 = await _app.Client.Get("/api/v1/policies/deadlines/v1");
        var put = await (await _app.WithRoles("officeDirector")).Put($"/api/v1/policies/deadlines/{version}",
            new JsonObject { ["effectiveFrom"] = "2027-03-01", ["rows"] = v1["rows"]!.DeepClone() });
        Assert.Equal(202, put.Status);
        return version;
    }

    private async Task<string> Closed(string command)
    {
        await Done($"/league-tables/{Month}/close?tier=station", []);
        return $"/league-tables/{Month}/{command}?tier=station";
    }

    private async Task<string> Proposed(string command)
    {
        await Closed(command);
        var proposed = await (await _app.WithRoles("officeDirector")).Post($"/api/v1/league-tables/{Month}/propose-publication?tier=station", new JsonObject());
        Assert.Equal(200, proposed.Status);
        return $"/league-tables/{Month}/{command}?tier=station";
    }

    private async Task<HotlineAnswer> Done(string path, JsonObject body)
    {
        var done = await _app.Client.Post("/api/v1" + path, body);
        Assert.True(done.Status is 200 or 201, done.Text);
        return done;
    }
}
