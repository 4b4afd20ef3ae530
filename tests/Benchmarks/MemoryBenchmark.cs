using System.Text.Json;

namespace Hotline.Benchmarks;

/// <summary>
/// Memory: 1 million stored tickets in a silo that serves lists, and what each ticket that was just read (an idle activation) adds.
/// The process's resident memory is read from outside, so it includes what the garbage collector has not yet given back.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Imported = 10_000;
    private const int Stored = 1_000_000;

    public static async Task Run(Options options)
    {
        Report.Machine();
        try
        {
            await using (var first = await SiloProcess.Start("memory"))
            {
                await Importing.Import(first, HistoryFile.Finished(Imported, 2026, 3, "R"), "month");
            }
            await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Directory.EnumerateFiles(Places.NewFolder("memory"), "*.db").Single()};Pooling=False"))
            {
                await connection.OpenAsync();
                var cloning = new Cloning(connection, isSqlite: true);
                for (var copy = 0; copy < (Stored / Imported) - 1; copy++)
                {
                    await cloning.Copy(copy, open: false);
                }
                await cloning.Finish();
            }
            await using var silo = await SiloProcess.Start("memory");
            var ids = await Ids(silo);
            var before = silo.Process.WorkingSet;
            await Read(silo, ids);
            var after = silo.Process.WorkingSet;
            var each = (after - before) / (double)ids.Count;
            Console.WriteLine($"1 million stored, lists read: {before >> 20} MiB resident; {ids.Count:N0} tickets read one by one: {after >> 20} MiB, {each / 1024:0.0} KiB each");
            Report.Save("memory", new { stored = Stored, residentBytes = before, activations = ids.Count, residentAfterBytes = after, bytesPerActivation = each, options.Rounds });
        }
        finally
        {
            Places.Clean();
        }
    }

    private static async Task<List<string>> Ids(SiloProcess silo)
    {
        var ids = new List<string>();
        var cursor = "";
        while (ids.Count < 2 * Imported)
        {
            using var page = JsonDocument.Parse(await silo.Http.GetStringAsync(new Uri($"/api/v1/tickets?limit=200{cursor}", UriKind.Relative)));
            ids.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
            cursor = "&cursor=" + page.RootElement.GetProperty("nextCursor").GetString();
        }
        return ids;
    }

    private static async Task Read(SiloProcess silo, List<string> ids)
    {
        using var connection = await HttpConnection.Open(silo.Port, "X-Api-Key: " + SiloProcess.Key);
        foreach (var id in ids)
        {
            await connection.Send("GET", $"/api/v1/tickets/{id}");
        }
    }
}
