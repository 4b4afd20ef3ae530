using System.Text.Json.Nodes;
using Hotline.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Api;

/// <summary>What callers hear when the store of a grain fails. On a host of its own.</summary>
public sealed class StorageFaultTests : IAsyncLifetime
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
        var ticket = "/api/v1/tickets/" + made["id"]!.GetValue<string>();
        var grains = app.Host.Services.GetRequiredService<IGrainFactory>();
        await app.Host.Services.GetRequiredService<Database>().Write(async (connection, transaction) =>
        {
            await using var command = connection.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, "UPDATE ticket_state SET payload = replace(payload, '\"schema\":1', '\"schema\":9')");
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
