using Microsoft.Extensions.DependencyInjection;
using System.Text.Json.Nodes;
using Hotline.Shared;
using Hotline.Storage;
using Microsoft.AspNetCore.Http;

namespace Hotline.Api;

/// <summary>The event feed over HTTP, as pages and as a stream.</summary>
public sealed class FeedTests(HotlineApp app)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly HttpClient Client = new();

    [Fact]
    public async Task Pages_ResumeAtTheCursor_AndKeepEachTicketsOrder()
    {
        var start = await End();
        var tickets = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Worked()));
        var seen = new List<(string Ticket, int Seq)>();
        var cursor = start;

        for (var pages = 0; pages < 500 && !tickets.All(t => seen.Count(e => e.Ticket == t) == 3); pages++)
        {
            var page = await app.Client.Get($"/api/v1/events?limit=4&after={cursor}");
            seen.AddRange(page["items"]!.AsArray().Select(e => (e!["ticket"]!.GetValue<string>(), e["seq"]!.GetValue<int>())));
            cursor = page["nextCursor"]!.GetValue<string>();
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.All(tickets, t => Assert.Equal([1, 2, 3], seen.Where(e => e.Ticket == t).Select(e => e.Seq)));
    }

    [Theory]
    [InlineData("/api/v1/events?after=x", null)]
    [InlineData("/api/v1/events?after=LTEgVCAx", "text/event-stream")]
    [InlineData("/api/v1/events", "Last-Event-ID")]
    public async Task CursorThatIsNotOurs_IsRefused(string path, string? how)
    {
        var headers = how switch { null => [], "Last-Event-ID" => [("Last-Event-ID", "x")], _ => new[] { ("Accept", how) } };

        (await app.Client.Get(path, headers)).IsProblem(400, "cursor.invalid");
    }

    [Theory]
    [InlineData("after", null)]
    [InlineData("Last-Event-ID", null)]
    [InlineData("Last-Event-ID", "text/event-stream")]
    public async Task CursorOfAnotherHistory_IsToldSo(string how, string? accept)
    {
        var page = await app.Client.Get("/api/v1/events?limit=1&after=" + await End());
        var here = FeedCursor.Parse(page["nextCursor"]!.GetValue<string>())!;
        var before = (here with { Store = here.Store - 1 }).ToString();
        (string, string)[] headers = [.. how == "after" ? [] : new[] { (how, before) }, .. accept is null ? [] : new[] { ("Accept", accept) }];

        (await app.Client.Get("/api/v1/events" + (how == "after" ? "?after=" + before : ""), headers)).IsProblem(410, "feed.restored");
    }

    [Fact]
    public async Task Items_CarryTheEpochInWhichTheyWereWritten()
    {
        await Registered();

        var page = await app.Client.Get("/api/v1/events?limit=1");

        Assert.Equal(0, page["lagSeconds"]!.GetValue<int>());
        Assert.True(page["items"]![0]!["epoch"]!.GetValue<long>() > 0);
    }

    [Fact]
    public async Task Feed_IsForMachinesAndAuditors()
    {
        Assert.Equal(403, (await (await app.WithRoles("dispatcher")).Get("/api/v1/events")).Status);
        Assert.Equal(200, (await (await app.WithRoles("auditor")).Get("/api/v1/events")).Status);
    }

    [Fact]
    public async Task Stream_TellsWhatHappensWhileItIsOpen_AndResumesAfterTheLastId()
    {
        var start = await End();
        var ticket = await Worked();
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(Patience);

        var first = await Read(http, start, ticket, 2, limit.Token);
        var rest = await Read(http, first[1].Id, ticket, 1, limit.Token);

        Assert.Equal([1, 2], first.Select(e => e.Seq));
        Assert.Equal([3], rest.Select(e => e.Seq));
        Assert.Equal(["registered", "annotated"], first.Select(e => e.Type));
    }

    [Fact]
    public async Task QuietStream_SendsHeartbeats()
    {
        var farAway = (await Here() with { Position = long.MaxValue }).ToString();
        using var ending = new CancellationTokenSource();
        await using var body = new EndingAfter(": heartbeat", 2, ending);
        var http = new DefaultHttpContext { RequestServices = app.Host.Services, RequestAborted = ending.Token };
        http.Response.Body = body;
        http.Request.Headers["X-Api-Key"] = HotlineApp.BootstrapKey;
        http.Features.Set(Actor.System with { Client = "quiet" });
        ending.CancelAfter(Patience);

        await new EventStream(new([], farAway, TimeSpan.Zero)) { Pause = TimeSpan.FromMilliseconds(1) }.ExecuteAsync(http);

        Assert.Equal("retry: 2000\n\n: heartbeat\n\n: heartbeat\n\n", body.Text);
    }

    [Fact]
    public async Task OpenStream_WhoseStoreIsRestored_Ends()
    {
        var here = await Here();
        await using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = app.Host.Services };
        http.Response.Body = body;
        http.Request.Headers["X-Api-Key"] = HotlineApp.BootstrapKey;
        http.Features.Set(Actor.System with { Client = "restored" });

        await new EventStream(new([], (here with { Store = here.Store - 1 }).ToString(), TimeSpan.Zero)).ExecuteAsync(http).WaitAsync(Patience);

        Assert.Equal("retry: 2000\n\n", System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }

    [Fact]
    public async Task Stream_EndsWithinTwoSeconds_WhenItsKeyIsRevoked()
    {
        var key = await app.MadeKey(null, "auditor");
        using var stream = await Open(key["key"]!.GetValue<string>());
        Assert.Equal(200, (int)stream.StatusCode);
        var body = await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);

        Assert.Equal(200, (await app.Client.Post($"/api/v1/api-keys/{key["id"]!.GetValue<string>()}/revoke", new JsonObject())).Status);

        Assert.InRange(await UntilTheEnd(body), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Stream_EndsWithinTwoSeconds_WhenItsKeyExpires()
    {
        var key = await app.MadeKey(DateTimeOffset.UtcNow.AddSeconds(3), "auditor");
        using var stream = await Open(key["key"]!.GetValue<string>());
        Assert.Equal(200, (int)stream.StatusCode);

        var lived = await UntilTheEnd(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        Assert.InRange(lived, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task FifthStreamOfAKey_IsRefused_UntilOneEndsOrBreaks()
    {
        var key = await app.NewKey("auditor");
        var open = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Open(key)));
        Assert.All(open, stream => Assert.Equal(200, (int)stream.StatusCode));

        using var fifth = await Open(key);
        using var others = await Open(await app.NewKey("auditor"));

        Assert.Equal((429, 200), ((int)fifth.StatusCode, (int)others.StatusCode));
        Assert.True(fifth.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal("feed.too-many-streams", JsonNode.Parse(await fifth.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["code"]!.GetValue<string>());
        foreach (var left in open)
        {
            left.Dispose();
            Assert.Equal(200, await UntilAdmitted(key));
        }
    }

    /// <summary>The status of a new stream, which stays open; tries for two seconds.</summary>
    private async Task<int> UntilAdmitted(string key)
    {
        for (var tried = 0; ; tried++)
        {
            var stream = await Open(key);
            if ((int)stream.StatusCode == 200 || tried == 20)
            {
                return (int)stream.StatusCode;
            }
            stream.Dispose();
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A stream of what is new, over a connection of its own, which breaks when it is disposed.</summary>
    private async Task<HttpResponseMessage> Open(string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, app.Host.Urls.First() + "/api/v1/events");
        request.Headers.Add("X-Api-Key", key);
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("Last-Event-ID", (await Here() with { Position = long.MaxValue }).ToString());
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static async Task<TimeSpan> UntilTheEnd(Stream body)
    {
        using var limit = new CancellationTokenSource(Patience);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await body.CopyToAsync(Stream.Null, limit.Token);
        return watch.Elapsed;
    }

    /// <summary>The stream's events of one ticket after a place, so many of them.</summary>
    private async Task<List<(string Id, string Type, int Seq)>> Read(HttpClient http, string after, string ticket, int count, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Host.Urls.First() + "/api/v1/events");
        request.Headers.Add("X-Api-Key", HotlineApp.BootstrapKey);
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("Last-Event-ID", after);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        var (events, id, type) = (new List<(string, string, int)>(), "", "");
        while (events.Count < count && await lines.ReadLineAsync(cancellation) is { } line)
        {
            id = line.StartsWith("id: ", StringComparison.Ordinal) ? line[4..] : id;
            type = line.StartsWith("event: ", StringComparison.Ordinal) ? line[7..] : type;
            if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonNode.Parse(line[6..])! is var data && data["ticket"]!.GetValue<string>() == ticket)
            {
                events.Add((id, type, data["seq"]!.GetValue<int>()));
            }
        }
        return events;
    }

    /// <summary>A place of this store; with the last position it lies behind every event, whatever other tests write.</summary>
    private async Task<FeedCursor> Here() => FeedCursor.Parse((await app.Host.Services.GetRequiredService<EventFeed>().Read(null, 1)).Value!.Next)!;

    /// <summary>A place after everything that was there before.</summary>
    private async Task<string> End()
    {
        var ticket = await Registered();
        var cursor = "";
        while (true)
        {
            var page = await app.Client.Get($"/api/v1/events?limit=200&after={cursor}");
            cursor = page["nextCursor"]!.GetValue<string>();
            if (page["items"]!.AsArray().Any(e => e!["ticket"]!.GetValue<string>() == ticket))
            {
                return cursor;
            }
        }
    }

    /// <summary>A ticket with three events.</summary>
    private async Task<string> Worked()
    {
        var id = await Registered();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(200, (await app.Client.Post($"/api/v1/tickets/{id}/annotate", new JsonObject { ["text"] = "备注" })).Status);
        }
        return id;
    }

    private async Task<string> Registered()
    {
        var made = await app.Client.Post("/api/v1/tickets", new JsonObject
        {
            ["source"] = "12345",
            ["externalNo"] = app.Unique("F-"),
            ["nature"] = "complaint",
            ["urgency"] = "ordinary",
            ["title"] = "噪音扰民",
            ["receivedAt"] = "2026-10-09T09:30:00+08:00",
        });
        return made["id"]!.GetValue<string>();
    }

    /// <summary>A reader that leaves when it has seen a text so often.</summary>
    private sealed class EndingAfter(string text, int times, CancellationTokenSource ending) : MemoryStream
    {
        public string Text => System.Text.Encoding.UTF8.GetString(ToArray());

        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            if (Text.Split(text).Length > times)
            {
                await ending.CancelAsync();
            }
        }
    }
}
