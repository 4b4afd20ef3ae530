using System.Text.Json;

namespace Hotline.Benchmarks;

/// <summary>
/// Memory of a silo over a big store that serves lists, and what each ticket that was just read (an idle activation) adds.
/// The process's resident memory is read from outside, so it includes what the garbage collector has not yet given back.
/// </summary>
internal static class MemoryBenchmark
{
    private const double MostMiB = 1024;
    private const double MostKiBEach = 6;
    private const int Page = 200;

    public static async Task<Outcome> Measure(Run run)
    {
        var (results, figures) = (new List<object>(), new List<Figure>());
        var stored = run.Size.Stored[^1];
        foreach (var engine in run.Engines)
        {
            await using var silo = await (await run.Stored(engine, stored)).Start();
            var ids = await Ids(silo, run.Size.Activations);
            var before = silo.Process.WorkingSet;
            await Read(silo, ids);
            var after = silo.Process.WorkingSet;
            var each = (after - before) / 1024.0 / ids.Count;
            Console.WriteLine($"  {engine,-11} lists read: {before >> 20} MiB resident; {ids.Count:N0} tickets read one by one: {after >> 20} MiB, "
                + $"{each:0.0} KiB each");
            results.Add(new
            {
                engine, stored, residentBytes = before, activations = ids.Count, residentAfterBytes = after, bytesPerActivation = each * 1024,
            });
            figures.Add(new(engine, $"resident with {stored:N0} stored", before / 1048576.0, "MiB")
                { Target = $"< {MostMiB:N0} MiB", Met = before / 1048576.0 < MostMiB, OfLargeSize = true });
            figures.Add(new(engine, $"each of {ids.Count:N0} idle activations", each, "KiB")
                { Target = $"≤ {MostKiBEach} KiB", Met = each <= MostKiBEach });
        }
        return new(new { results }, figures);
    }

    private static async Task<List<string>> Ids(SiloProcess silo, int count)
    {
        var (ids, cursor) = (new List<string>(), "");
        while (ids.Count < count)
        {
            var page = await silo.Read($"/api/v1/tickets?limit={Page}{cursor}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
            cursor = "&cursor=" + page.GetProperty("nextCursor").GetString();
        }
        return ids[..count];
    }

    private static async Task Read(SiloProcess silo, List<string> ids)
    {
        using var connection = await HttpConnection.Open(silo.Port, "X-Api-Key: " + SiloProcess.Key);
        foreach (var id in ids)
        {
            if (await connection.Send("GET", $"/api/v1/tickets/{id}") is not 200 and var status)
            {
                throw new InvalidOperationException($"Ticket {id}: {status}");
            }
        }
    }
}
