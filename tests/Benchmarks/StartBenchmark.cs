namespace Hotline.Benchmarks;

/// <summary>From the command to ready on an empty SQLite store.</summary>
internal static class StartBenchmark
{
    public static async Task Run(Options options)
    {
        Report.Machine();
        var seconds = new List<double>();
        try
        {
            for (var round = 0; round < options.Rounds; round++)
            {
                await using var silo = await SiloProcess.Start($"start-{round}");
                seconds.Add(silo.StartUp.TotalSeconds);
                Console.WriteLine($"  start {round + 1}: {silo.StartUp.TotalSeconds:0.00} s, {silo.Process.Cpu.TotalSeconds:0.00} s of processor time, {silo.Process.WorkingSet >> 20} MiB");
            }
        }
        finally
        {
            Places.Clean();
        }
        Console.WriteLine($"Empty store to ready: median {Series.Median(seconds):0.00} s");
        Report.Save("start", new { cores = Environment.ProcessorCount, seconds });
    }
}
