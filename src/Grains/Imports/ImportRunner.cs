using System.Diagnostics;
using System.Security.Cryptography;
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
    private static readonly TimeSpan PausePatience = TimeSpan.FromSeconds(2);
    private const int FinishTries = 60;

    /// <summary>Times a run may end in a fault before its import is given up.</summary>
    private const int MostFaults = 5;

    private static readonly RowError Broken =
        new(1, "", "import.fault", "处理该文件时反复发生内部错误，导入中止。已导入的记录仍然有效，可以重新上传同一文件；若再次失败，请联系管理员。");

    /// <summary>Names this process to the imports that it begins.</summary>
    private readonly string _self = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private readonly Dictionary<string, int> _faults = new(StringComparer.Ordinal);

    /// <summary>Between a fault and the next try; the imports that wait go first.</summary>
    public static TimeSpan FaultPause { get; } = TimeSpan.FromSeconds(5);

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

    /// <summary>One import's fault is not the next one's: it is tried again after those that wait.</summary>
    private async Task Guarded(string id, CancellationToken stop)
    {
        try
        {
            await Run(id, stop);
            _faults.Remove(id);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Pause(id);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Import {Id} broke off; it will be tried again", id);
            await Task.Delay(FaultPause, stop);
            queue.Add(id);
        }
    }

    /// <summary>A process that stops in good order did not die over the file; when this cannot be told, it counts as if it had.</summary>
    private async Task Pause(string id)
    {
        try
        {
            await around.Grains.GetGrain<IImportGrain>(ImportKeys.Of(id)).Pause(_self).WaitAsync(PausePatience);
        }
        catch (Exception fault)
        {
            log.LogWarning("Import {Id} could not be put down in good order: {Fault}", id, fault.GetType().Name);
        }
    }

    private async Task Run(string id, CancellationToken stop)
    {
        await using (var file = files.Take(id))
        {
            if (file is null)
            {
                return;
            }

            var grain = around.Grains.GetGrain<IImportGrain>(ImportKeys.Of(id));
            if (await grain.Begin(_self) is { } order)
            {
                await Run(id, order, file, stop);
            }
        }

        files.Delete(id);
    }

    private async Task Run(string id, ImportOrder order, Stream file, CancellationToken stop)
    {
        var tally = new ImportTally();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var run = new ImportRun(order, tally, new RowImporter(around.Grains, order, tally, log), around);
        RowError? failure = null;
        try
        {
            failure = await Watched(id, tally, Task.Run(() => run.Run(file, ending.Token), CancellationToken.None), ending);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            log.LogInformation("Import {Id} was cancelled", id);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested && (_faults[id] = _faults.GetValueOrDefault(id) + 1) >= MostFaults)
        {
            log.LogError(fault, "Import {Id} broke off {Times} times and is given up", id, MostFaults);
            failure = Broken;
        }

        await Finish(around.Grains.GetGrain<IImportGrain>(ImportKeys.Of(id)), tally.Counts(), failure, stop);
    }

    /// <summary>While the run lasts: its counts to the grain every second, one line on the console every other second, and one at its end.</summary>
    private async Task<RowError?> Watched(string id, ImportTally tally, Task<RowError?> run, CancellationTokenSource ending)
    {
        var started = Stopwatch.StartNew();
        log.LogInformation("Import {Id} starts", id);
        for (var tick = 1; await Task.WhenAny(run, Task.Delay(ReportEvery)) != run; tick++)
        {
            if (!await Report(id, tally.Counts()))
            {
                await ending.CancelAsync();
            }

            if (tick % 2 == 0)
            {
                Say(id, "runs", tally.Counts(), started.Elapsed);
            }
        }

        var failure = await run;
        Say(id, failure is null ? "is complete" : $"failed ({failure.Code})", tally.Counts(), started.Elapsed);
        return failure;
    }

    /// <summary>False when the import was cancelled.</summary>
    private async Task<bool> Report(string id, ImportCounts counts)
    {
        try
        {
            foreach (var waiting in queue.Waiting)
            {
                await around.Grains.GetGrain<IImportGrain>(ImportKeys.Of(waiting)).Report(ImportCounts.None);
            }

            return await around.Grains.GetGrain<IImportGrain>(ImportKeys.Of(id)).Report(counts);
        }
        catch (Exception fault)
        {
            log.LogWarning("Import {Id} could not report: {Fault}", id, fault.GetType().Name);
            return true;
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
                await Task.Delay(FaultPause, stop);
            }
        }
    }
}
