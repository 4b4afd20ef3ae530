using System.Diagnostics;
using Hotline.Tickets;
using Hotline.Units;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hotline.Imports;

/// <summary>What a run uses of its silo.</summary>
internal sealed record ImportSurroundings(IGrainFactory Grains, UnitDirectory Units, TicketIndex Tickets, TimeProvider Clock);

/// <summary>Runs this silo's imports one after the other, beginning with those that an earlier process left; says on the console how far they are.</summary>
internal sealed class ImportRunner(ImportQueue queue, ImportFiles files, ImportSurroundings around, IHostApplicationLifetime host, ILogger<ImportRunner> log)
    : BackgroundService
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FinishPause = TimeSpan.FromSeconds(5);
    private const int FinishTries = 60;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, host.ApplicationStarted).ContinueWith(static _ => { }, stoppingToken, default, TaskScheduler.Default);
            files.ClearArriving();
            foreach (var id in files.Left())
            {
                queue.Add(id);
            }

            while (!stoppingToken.IsCancellationRequested)
            {
                await Guarded(await queue.Next(stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>One import's fault is not the next one's: it stays on disk and is tried again at the next start.</summary>
    private async Task Guarded(string id, CancellationToken stop)
    {
        try
        {
            await Run(id, stop);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            log.LogError(fault, "Import {Id} broke off; it will be tried again at the next start", id);
        }
    }

    private async Task Run(string id, CancellationToken stop)
    {
        var grain = around.Grains.GetGrain<IImportGrain>(ImportKeys.Of(id));
        await using var file = files.Take(id);
        if (file is null)
        {
            return;
        }

        if (await grain.Work() is not { } order)
        {
            files.Delete(id);
            return;
        }

        var tally = new ImportTally();
        using var run = new ImportRun(order, tally, new RowImporter(around.Grains, order, tally, log), around);
        var failure = await Watched(id, tally, Task.Run(() => run.Run(file, stop), CancellationToken.None));
        await Finish(grain, tally.Counts(), failure, stop);
        files.Delete(id);
    }

    /// <summary>While the run lasts: its counts to the grain every second, one line on the console every other second, and one at its end.</summary>
    private async Task<RowError?> Watched(string id, ImportTally tally, Task<RowError?> run)
    {
        var started = Stopwatch.StartNew();
        log.LogInformation("Import {Id} starts", id);
        for (var tick = 1; await Task.WhenAny(run, Task.Delay(ReportEvery)) != run; tick++)
        {
            await Report(id, tally.Counts());
            if (tick % 2 == 0)
            {
                Say(id, "runs", tally.Counts(), started.Elapsed);
            }
        }

        var failure = await run;
        Say(id, failure is null ? "is complete" : $"failed ({failure.Code})", tally.Counts(), started.Elapsed);
        return failure;
    }

    private async Task Report(string id, ImportCounts counts)
    {
        try
        {
            await around.Grains.GetGrain<IImportGrain>(ImportKeys.Of(id)).Report(counts);
            foreach (var waiting in queue.Waiting)
            {
                await around.Grains.GetGrain<IImportGrain>(ImportKeys.Of(waiting)).Report(ImportCounts.None);
            }
        }
        catch (Exception fault)
        {
            log.LogWarning("Import {Id} could not report: {Fault}", id, fault.GetType().Name);
        }
    }

    private void Say(string id, string what, ImportCounts counts, TimeSpan elapsed) =>
        log.LogInformation("Import {Id} {What}: {Rows}/{Total} rows, {Accepted} accepted, {Rejected} rejected, {Rate:0} rows/s", id, what, counts.Rows,
            counts.TotalRows, counts.Accepted, counts.Rejected, counts.Rows / Math.Max(elapsed.TotalSeconds, 0.001));

    private async Task Finish(IImportGrain grain, ImportCounts counts, RowError? failure, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await grain.Finish(counts, failure);
                return;
            }
            catch (Exception fault) when (attempt < FinishTries)
            {
                log.LogWarning("The end of an import could not be stored: {Fault}; trying again", fault.GetType().Name);
                await grain.Report(counts).ContinueWith(static _ => { }, TaskScheduler.Default);
                await Task.Delay(FinishPause, stop);
            }
        }
    }
}
