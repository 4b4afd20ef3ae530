using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Hotline.Storage;
using Hotline.Tickets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Api;

/// <summary>What callers hear when the store of a grain fails. On a host of its own.</summary>
public sealed class StorageFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly HotlineApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task FullDisk_IsSaidAndWorksAgainWithSpace()
    {
        var unit = new JsonObject { ["name"] = "满盘派出所", ["tier"] = "station", ["aliases"] = new JsonArray([.. Enumerable.Range(0, 500).Select(i => (JsonNode)$"别名别名别名别名别名别名{i}")]) };
        await Limit(1);
        (await app.Client.Put("/api/v1/units/FULL", unit)).IsProblem(507, "storage.full");
        (await app.Client.Get("/api/v1/units/FULL")).IsProblem(404, "not-found");
        await Limit(1_000_000);
        Assert.Equal(201, (await app.Client.Put("/api/v1/units/FULL", unit)).Status);
    }

    [Fact]
    public async Task WhatALaterVersionStored_IsNamed_AndLeftAlone()
    {
        var made = await app.Client.Post("/api/v1/tickets", new JsonObject
        {
            ["source"] = "12345",
            ["externalNo"] = "NEWER",
            ["nature"] = "complaint",
            ["urgency"] = "ordinary",
            ["title"] = "噪音扰民",
            ["receivedAt"] = "2026-10-09T09:30:00+08:00",
        });
        var id = made["id"]!.GetValue<string>();
        var ticket = "/api/v1/tickets/" + id;
        var grains = app.Host.Services.GetRequiredService<IGrainFactory>();
        var reads = app.Host.Services.GetRequiredService<TicketStoreReads>();
        await app.Host.Services.GetRequiredService<Database>().Write(async (connection, transaction) =>
        {
            await using var command = connection.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, Newer(id, (await reads.Events(id, 0, 1))[0].Hash));
            await command.ExecuteNonQueryAsync();
        }, default);
        for (var tries = 0; (await app.Client.Get(ticket)).Status == 200 && tries < 100; tries++)
        {
            await grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
            await Task.Delay(50);
        }

        (await app.Client.Get(ticket)).IsProblem(503, "storage.newer-schema");
        (await app.Client.Post(ticket + "/annotate", new JsonObject { ["text"] = "备注" })).IsProblem(503, "storage.newer-schema");
    }

    /// <summary>What a later version appends: in its place, with its hash, and not known here.</summary>
    private static string Newer(string id, string previous)
    {
        var e = new EventRow(2, "guardianNamed", 1, "system", "system", "{}", "");
        return $"INSERT INTO ticket_event (ticket_id, seq, type, at, actor, client, body, hash) VALUES ('{id}', 2, '{e.Type}', 1, 'system', 'system', '{{}}', "
            + $"'{TicketChain.Next(id, previous, e)}'); UPDATE ticket_index SET seq = 2 WHERE ticket_id = '{id}'";
    }

    [Fact]
    public async Task CommitThatFailsOnTheDisk_IsUnknown_ForTicketsAndRecordsAlike()
    {
        Assert.Equal(201, (await app.Client.Put("/api/v1/units/DISK", Unit("断盘派出所"))).Status);
        Assert.Equal(201, (await Register("disk-1")).Status);

        using (new FailingDisk(app.Host.Services.GetRequiredService<Database>().Options.SqliteFile))
        {
            (await app.Client.Put("/api/v1/units/DISK2", Unit("断盘二所"))).IsProblem(503, "outcome.unknown");
            (await Register("disk-2")).IsProblem(503, "outcome.unknown");
        }

        Assert.InRange((await app.Client.Put("/api/v1/units/DISK2", Unit("断盘二所"))).Status, 200, 201);
        var again = await Register("disk-2");
        for (var tries = 0; again.Status == 503 && tries < 5; tries++)
        {
            // A machine that stands still for a moment is busy: the caller is told to come again, and does.
            await Task.Delay(1000);
            again = await Register("disk-2");
        }
        Assert.InRange(again.Status, 200, 201);
    }

    [Fact]
    public async Task FileLockedByAnotherProgram_IsUnavailable_ForTicketsAndRecordsAlike()
    {
        await using var other = new SqliteConnection($"Data Source={app.Host.Services.GetRequiredService<Database>().Options.SqliteFile};Pooling=false");
        await other.OpenAsync();
        await Run(other, "BEGIN IMMEDIATE");

        (await app.Client.Put("/api/v1/units/LOCK", Unit("锁盘派出所"))).IsProblem(503, "storage.unavailable");
        (await Register("lock-1")).IsProblem(503, "storage.unavailable");

        await Run(other, "ROLLBACK");
        Assert.Equal(201, (await app.Client.Put("/api/v1/units/LOCK", Unit("锁盘派出所"))).Status);
        Assert.Equal(201, (await Register("lock-1")).Status);
    }

    [Fact]
    public async Task HeldStore_RefusesFiveTimesItsCapacity_WithinASecond_AndWritesNothingOfIt()
    {
        const int requests = 1800;
        var gate = app.Host.Services.GetRequiredService<Database>().Gate;
        Assert.Equal(201, (await Register("before")).Status);
        await gate.WaitAsync();
        var answers = new ConcurrentBag<(HotlineAnswer Answer, double Seconds)>();
        var next = 0;

        // Callers enough to keep the machine busy, few enough for it to answer them: what is measured is the store, not the queue of requests.
        await Task.WhenAll(Enumerable.Range(0, 48).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var n and <= requests)
            {
                var watch = Stopwatch.StartNew();
                answers.Add((await Register($"held-{n}"), watch.Elapsed.TotalSeconds));
            }
        }));

        Assert.All(answers, a => a.Answer.IsProblem(503, "storage.busy"));
        Assert.All(answers, a => Assert.Equal("1", a.Answer.Headers["Retry-After"]));
        var late = answers.Count(a => a.Seconds > 1);
        output.WriteLine($"{answers.Count} refused: worst {answers.Max(a => a.Seconds):0.00} s, {late} over a second");
        Assert.InRange(late, 0, requests / 100);
        gate.Release();
        await Task.Delay(500);
        Assert.Equal(0, (await app.Client.Get("/api/v1/tickets?source=held&includeTotal=true"))["total"]!.GetValue<int>() - 1);
        Assert.Equal(201, (await Register("held-1")).Status);
    }

    [Fact]
    public async Task StoppedStore_IsNotReady()
    {
        Assert.Equal(200, (await app.With(null).Get("/health/ready")).Status);
        await app.Host.Services.GetRequiredService<TicketStore>().Stop();

        var ready = await app.With(null).Get("/health/ready");

        Assert.Equal((503, "store.stalled"), (ready.Status, ready["reason"]!.GetValue<string>()));
    }

    private static JsonObject Unit(string name) => new() { ["name"] = name, ["tier"] = "station" };

    private Task<HotlineAnswer> Register(string number) => app.Client.Post("/api/v1/tickets", new JsonObject
    {
        ["source"] = "held", ["externalNo"] = number, ["nature"] = "help", ["urgency"] = "ordinary", ["title"] = "咨询", ["content"] = "咨询办证。",
        ["receivedAt"] = "2026-01-01T00:00:00+08:00",
    });

    private static async Task Run(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Sets the limit on the provider's pooled connection; a limit below the present size means no growth.</summary>
    private async Task Limit(int pages)
    {
        var database = app.Host.Services.GetRequiredService<Database>();
        await database.Gate.WaitAsync();
        try
        {
            await using var connection = new SqliteConnection(database.SqliteWriteString);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA max_page_count = {pages}";
            await command.ExecuteNonQueryAsync();
        }
        finally
        {
            database.Gate.Release();
        }
    }
}
