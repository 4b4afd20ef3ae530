using System.Collections.Concurrent;
using Hotline.Shared;
using Hotline.Tickets;
using Hotline.Units;

namespace Hotline.Imports;

/// <summary>Runs one file: looks it through, makes sure its units exist, then brings its rows to their tickets, many at a time.</summary>
internal sealed class ImportRun(ImportOrder order, ImportTally tally, RowImporter importer, ImportSurroundings around) : IDisposable
{
    /// <summary>Rows on their way at once: enough to fill the ticket store's batches while the next rows are read.</summary>
    private const int InFlight = 256;

    private static readonly Rejection NotItsUnit = Refuse.Rule("row.conflict", "与已登记的同一工单不一致：该工单由另一单位承办。", "/unit");

    private static readonly RowError TooSlow =
        new(1, "", "file.too-slow", "读取该文件用时过长，已停止。请拆分后导入，或另存为 CSV。");

    private readonly SemaphoreSlim _slots = new(InFlight);
    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Result<Unit>> _units = new(StringComparer.Ordinal);

    /// <summary>The first look through the largest sound file takes a tenth of it.</summary>
    public TimeSpan LongestSurvey { get; init; } = TimeSpan.FromMinutes(5);

    public void Dispose() => _slots.Dispose();

    /// <summary>Returns what made the import fail, or null. Cancelling leaves it unfinished, to be run again.</summary>
    public async Task<RowError?> Run(Stream file, CancellationToken stop)
    {
        var known = await around.Units.Current();
        var survey = Survey(file, unit => known.Find(unit) is null, stop);
        tally.Expect(survey.TotalRows, survey.Warnings);
        if (survey.Map is not { } map)
        {
            tally.Note(survey.Faults);
            return survey.Faults[0];
        }

        foreach (var (name, unit) in survey.Units)
        {
            _units[name] = await IsMistaken(unit) ? NotItsUnit : await Ensured(name, unit.FirstDay, stop);
        }

        return await ImportRows(TableFile.Rows(file, order.Charset, stop).Skip(1), map, stop);
    }

    /// <summary>A store that is away for a moment is waited for: the refusal would otherwise be that of every row of the unit.</summary>
    /// <exception cref="StorageAwayException">It stayed away for a minute.</exception>
    private async Task<Result<Unit>> Ensured(string name, DateOnly firstDay, CancellationToken stop)
    {
        foreach (var pause in RowImporter.Pauses.Append(TimeSpan.Zero))
        {
            var ensured = await around.Units.EnsureImported(name, firstDay);
            if (ensured.Rejection is not { Kind: RejectionKind.Unavailable or RejectionKind.StorageFull })
            {
                return ensured;
            }

            await Task.Delay(pause, stop);
        }

        throw new StorageAwayException("The roll of units could not be written for a minute.");
    }

    private TableSurvey Survey(Stream file, Func<string, bool> isNewUnit, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(LongestSurvey);
        try
        {
            return TableSurvey.Of(TableFile.Rows(file, order.Charset, patience.Token), order.Kind, around.Clock.GetUtcNow(), isNewUnit);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return TableSurvey.Refused(TooSlow);
        }
    }

    /// <summary>A new spelling all of whose rows contradict what is known of their tickets makes no unit: it would stand in the tables with nothing behind it.</summary>
    private async Task<bool> IsMistaken(UnitSurvey unit) => unit.Tickets.Count > 0 && await around.Tickets.AllHaveUnits(unit.Tickets);

    private async Task<RowError?> ImportRows(IEnumerable<TableRow> rows, ColumnMap map, CancellationToken stop)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            foreach (var row in rows.Where(r => !r.IsBlank))
            {
                giveUp.Token.ThrowIfCancellationRequested();
                await Begin(WithUnit(ImportRules.Parse(map, row, order.Kind, around.Clock.GetUtcNow()), map), map, giveUp);
            }

            await Task.WhenAll(_underWay.Values);
            return null;
        }
        catch (Exception fault) when (fault is StorageAwayException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return new(1, "", "storage.unavailable", "数据库长时间无法写入，导入中止。恢复后请重新上传同一文件，已导入的记录不会重复。");
        }
        finally
        {
            await Task.WhenAll(_underWay.Values).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>Starts a row when there is room. Rows of one ticket follow each other in the file's order.</summary>
    private async Task Begin(ParsedRow row, ColumnMap map, CancellationTokenSource giveUp)
    {
        if (!row.IsSound)
        {
            tally.Reject(row.Errors);
            return;
        }

        await _slots.WaitAsync(giveUp.Token);
        var ticket = row.Ticket;
        if (_underWay.TryGetValue(ticket, out var earlier))
        {
            await earlier;
        }

        // Entered before it runs, so that its end cannot come before its entry.
        var one = new Task<Task>(() => One(row, ticket, map, giveUp));
        _underWay[ticket] = one.Unwrap();
        one.Start(TaskScheduler.Default);
    }

    private async Task One(ParsedRow row, string ticket, ColumnMap map, CancellationTokenSource giveUp)
    {
        try
        {
            await importer.Import(row, map, giveUp.Token);
            _underWay.TryRemove(ticket, out _);
        }
        catch (StorageAwayException)
        {
            await giveUp.CancelAsync();
            throw;
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>The row with its unit's code in place of the file's spelling.</summary>
    private ParsedRow WithUnit(ParsedRow row, ColumnMap map)
    {
        if (row.History is not { } history || !_units.TryGetValue(history.Unit, out var found))
        {
            return row;
        }

        return found.Value is { } unit
            ? row with { History = history with { Unit = unit.Code } }
            : row with { Errors = [new(row.Number, map.NameOf(Column.Unit), found.Rejection!.Code, found.Rejection.Detail)] };
    }
}
