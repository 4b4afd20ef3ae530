namespace Hotline.Faults;

/// <summary>F4. Deadlines fall due while a silo is being lost, and while all are: each fires once, none early, none for what was replied to in time.</summary>
[Collection(nameof(ClusterLab))]
public sealed class DeadlineTests(ClusterLab lab)
{
    private const string Source = "deadline";

    /// <summary>The faults come this long before the first due.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Deadlines_FireOnce_AcrossAKilledSilo_AndAcrossTheLossOfAll()
    {
        await lab.Heal();
        var report = new Report(Source);
        using var recorder = new Recorder(Path.Combine(Repository.Results, Source + ".jsonl"));
        var promises = new Promises(Source, recorder, lab.Everywhere);
        var pace = await Pace(promises);

        var victim = lab.Silos[Settings.Seed % lab.Silos.Count];
        var one = await Prepared(promises, "one", pace);
        await victim.Kill();
        await Demand(promises, one, TimeSpan.FromSeconds(15), "killedSilo", report);
        report.Add("restartSeconds", (await lab.Heal()).TotalSeconds);

        var all = await Prepared(promises, "all", pace);
        await Task.WhenAll(lab.Silos.Select(s => s.Kill()));
        await Until(all.Max(d => d.At) + 1000);
        report.Add("restartAllSeconds", (await lab.Heal()).TotalSeconds);
        await Demand(promises, [.. one, .. all], TimeSpan.FromSeconds(60), "totalStop", report);

        Assert.Equal(0, await FinalRead.Torn(lab.Postgres.Connection()));
        report.Write();
    }

    private static int Tickets => Settings.IsLong ? 900 : 240;

    /// <summary>How long one ticket takes to prepare; also warms everything up. Their dues lie an hour ahead.</summary>
    private static async Task<TimeSpan> Pace(Promises promises)
    {
        const int sample = 60;
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        await promises.Make("warm", sample, DateTimeOffset.UtcNow.AddHours(1));
        return System.Diagnostics.Stopwatch.GetElapsedTime(since) / sample;
    }

    /// <summary>Makes tickets that fall due soon and waits until just before.</summary>
    private static async Task<IReadOnlyList<Due>> Prepared(Promises promises, string round, TimeSpan pace)
    {
        var first = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(3) + (pace * Tickets * 1.5);
        var dues = await promises.Make(round, Tickets, first);
        var fault = (first - Before).ToUnixTimeMilliseconds();
        Assert.True(Now < fault, "The tickets were not ready before their dues.");
        Assert.Equal(Tickets - ((Tickets + 2) / 3), dues.Count);
        await Until(fault);
        return dues;
    }

    /// <summary>Waits until every due has its card, a little longer for cards that there should not be, and checks them.</summary>
    private async Task Demand(Promises promises, IReadOnlyList<Due> dues, TimeSpan allowed, string fault, Report report)
    {
        var database = lab.Postgres.Connection();
        var bound = allowed * (Settings.IsLong ? 1 : 3);
        var end = dues.Max(d => d.At) + (long)bound.TotalMilliseconds;
        while (Now < end && (await promises.Cards(database)).Count < dues.Count)
        {
            await Task.Delay(200);
        }
        await Task.Delay(TimeSpan.FromSeconds(3));
        var cards = await promises.Cards(database);
        var lateness = DeadlineCheck.Lateness(cards);
        report.Add(fault + "Dues", dues.Count).Add(fault + "LatestMs", lateness.Count == 0 ? -1 : lateness[^1])
            .Add(fault + "MedianMs", lateness.Count == 0 ? -1 : lateness[lateness.Count / 2]);

        Assert.Empty(DeadlineCheck.Run(dues, cards, bound));
    }

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private static Task Until(long instant) => Task.Delay((int)Math.Max(0, instant - Now));
}
