using Hotline.Storage;
using static Hotline.Storage.StoreLab;
namespace Hotline.Jobs;
public sealed class DebugTests(PostgresServer server)
{
    [Fact]
    public async Task Dbg()
    {
        await using var lab = await ClusterLab.Start(PostgreSql, server, silos: 2);
        var all = Task.WhenAll(Enumerable.Range(0, 300).Select(i => lab.Register($"M{i}")));
        for (var n = 0; n < 15 && !all.IsCompleted; n++)
        {
            await Task.Delay(2000);
            await using var c = new Npgsql.NpgsqlConnection(lab.Of<Database>().Postgres!.ConnectionString + ";Pooling=false");
            string act = "?";
            try { await c.OpenAsync(); await using var k = c.CreateCommand(); k.CommandText = "select string_agg(x, E'\n') from (select count(*) || ' ' || coalesce(state,'-') || ' ' || coalesce(wait_event,'-') || ' ' || left(query,90) x from pg_stat_activity group by state, wait_event, left(query,90)) t"; act = (string)(await k.ExecuteScalarAsync())!; } catch (Exception e) { act = e.Message; }
            Console.Error.WriteLine($"--- t={n} threads={ThreadPool.ThreadCount} pending={ThreadPool.PendingWorkItemCount} waiting={lab.Of<TicketStore>(0).Waiting},{lab.Of<TicketStore>(1).Waiting}\n{act}");
        }
        await all;
    }
}
