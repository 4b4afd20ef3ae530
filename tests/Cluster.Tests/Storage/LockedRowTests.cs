using System.Collections.Concurrent;
using System.Diagnostics;
using Dapper;
using Npgsql;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>A row that somebody else holds costs its own ticket, not the others.</summary>
public sealed class LockedRowTests(PostgresServer server, ITestOutputHelper output)
{
    [Fact]
    public async Task LockedRow_UnderLoad_IsBusy_AndTheOthersAreWrittenWithinASecond()
    {
        await using var lab = await Open(PostgreSql, server);
        await lab.Store.Done(Command("T-locked", 0));
        await using var holder = await Hold(lab, "SELECT 1 FROM ticket_index WHERE ticket_id = 'T-locked' FOR UPDATE");
        var (answers, locked) = (new ConcurrentBag<(WriteOutcome Outcome, double Seconds)>(), new ConcurrentBag<(WriteOutcome Outcome, double Seconds)>());
        var watch = Stopwatch.StartNew();

        // One caller asks for the locked ticket again and again; 32 work on others.
        await Task.WhenAll(Enumerable.Range(0, 33).Select(caller => Task.Run(async () =>
        {
            for (var n = 0; watch.Elapsed < TimeSpan.FromSeconds(4); n++)
            {
                var began = watch.Elapsed;
                var outcome = await lab.Store.Write(caller == 0 ? Command("T-locked", 1) : Command($"T-{caller}-{n}", 0));
                (caller == 0 ? locked : answers).Add((outcome, (watch.Elapsed - began).TotalSeconds));
            }
        })));

        var p99 = answers.Select(a => a.Seconds).Order().ElementAt(answers.Count * 99 / 100);
        output.WriteLine($"{answers.Count} others: p99 {p99:0.000} s, worst {answers.Max(a => a.Seconds):0.000} s; "
            + $"{locked.Count} on the locked: worst {locked.Max(a => a.Seconds):0.000} s");
        Assert.All(answers, a => Assert.Equal(WriteOutcome.Written, a.Outcome));
        Assert.InRange(p99, 0, 1);
        Assert.All(locked, a => Assert.Equal(WriteOutcome.Busy, a.Outcome));
        Assert.InRange(locked.Max(a => a.Seconds), 0, 1.5);
        await holder.ExecuteAsync("ROLLBACK");
        await lab.Store.Done(Command("T-locked", 1));
    }

    [Fact]
    public async Task SeveralLockedRows_LeaveTheBatch_WhichGoesOnAsABatch()
    {
        await using var lab = await Open(PostgreSql, server);
        for (var i = 0; i < 20; i++)
        {
            await lab.Store.Done(Command($"T-{i:000}", 0));
        }
        await using var holder = await Hold(lab, "SELECT 1 FROM ticket_index WHERE ticket_id IN ('T-003', 'T-007', 'T-011', 'T-015', 'T-019') FOR UPDATE");
        var batch = Enumerable.Range(0, 200).Select(i => Command($"T-{i:000}", i < 20 ? 1 : 0)).ToList();
        var watch = Stopwatch.StartNew();

        var outcomes = await lab.Writer.Write(batch);

        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.000} s; {string.Join("; ", outcomes.GroupBy(o => (o.Outcome, o.Fault?.Message)).Select(g => $"{g.Key} x{g.Count()}"))}");
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
        Assert.Equal([3, 7, 11, 15, 19], Enumerable.Range(0, 200).Where(i => outcomes[i].Outcome == WriteOutcome.Busy));
        Assert.Equal(195, outcomes.Count(o => o.Outcome == WriteOutcome.Written));
        // One transaction wrote all of them: they went on as a batch.
        Assert.Equal(1, await lab.Scalar<long>("SELECT count(DISTINCT xid) FROM ticket_event WHERE (ticket_id, seq) IN (SELECT ticket_id, max(seq) FROM ticket_event "
            + "WHERE ticket_id NOT IN ('T-003', 'T-007', 'T-011', 'T-015', 'T-019') GROUP BY ticket_id)"));
        // Known to be held, they cost the next batch no wait.
        watch.Restart();
        Assert.Equal(WriteOutcome.Busy, (await lab.Writer.Write([Command("T-003", 1), Command("T-999", 0)]))[0].Outcome);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 0.2);
    }

    [Fact]
    public async Task LockedTable_IsBusyForAll_WithinTwoSeconds()
    {
        await using var lab = await Open(PostgreSql, server);
        await lab.Store.Done(Command("T-0", 0));
        await using var holder = await Hold(lab, "LOCK TABLE ticket_event IN EXCLUSIVE MODE");
        var watch = Stopwatch.StartNew();

        var outcomes = await lab.Writer.Write([.. Enumerable.Range(0, 100).Select(i => Command($"T-new-{i}", 0))]);

        Assert.All(outcomes, o => Assert.Equal(WriteOutcome.Busy, o.Outcome));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
        Assert.Equal(1, await lab.Scalar<long>("SELECT count(*) FROM ticket_index"));
    }

    [Fact]
    public async Task Session_GuardsTheOthers()
    {
        await using var lab = await Open(PostgreSql, server);
        await using var connection = await lab.Database.Postgres!.OpenConnectionAsync();

        var limits = new Dictionary<string, string>();
        foreach (var name in new[] { "lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", "synchronous_commit", "tcp_keepalives_idle" })
        {
            limits[name] = (await connection.ExecuteScalarAsync<string>("SHOW " + name))!;
        }

        Assert.Equal(["3s", "10s", "10s", "on", "5"], limits.Values);
    }

    /// <summary>Somebody outside who holds what the statement locks until disposed.</summary>
    private static async Task<NpgsqlConnection> Hold(StoreLab lab, string sql)
    {
        var connection = new NpgsqlConnection(lab.Options.PostgreSql + ";Pooling=false");
        await connection.OpenAsync();
        await connection.ExecuteAsync("BEGIN; " + sql);
        return connection;
    }
}
