using Hotline.Shared;
using Hotline.Tickets;
using Microsoft.Extensions.Logging;

namespace Hotline.Imports;

/// <summary>Storage stayed away while rows waited for it: the import cannot go on.</summary>
internal sealed class StorageAwayException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Brings one row to its ticket, and counts what came of it.</summary>
internal sealed class RowImporter(IGrainFactory grains, ImportOrder order, ImportTally tally, ILogger log)
{
    private const int TriesWhenOthersPass = 3;

    /// <summary>How long to wait before the next try: a database that restarts is waited for, one that stays away for a minute is not.</summary>
    internal static readonly TimeSpan[] Pauses = [.. new[] { 0.2, 1, 3, 6, 10, 20, 20 }.Select(TimeSpan.FromSeconds)];

    /// <exception cref="StorageAwayException">The row failed for a minute, and no other row passed meanwhile.</exception>
    public async Task Import(ParsedRow row, ColumnMap map, CancellationToken stop)
    {
        var endedBefore = tally.Ended;
        for (var attempt = 0; ; attempt++)
        {
            var fault = await Try(row, map);
            if (fault is null)
            {
                return;
            }

            var othersPass = tally.Ended > endedBefore;
            if (othersPass && attempt + 1 >= TriesWhenOthersPass)
            {
                log.LogError(fault.Exception, "Row {Row} of an import failed again and again and is left out: {Code}", row.Number, fault.Code);
                tally.Reject([new(row.Number, "", "row.fault", "处理这条记录时发生内部错误，请稍后重新导入该记录。")]);
                return;
            }

            if (attempt == Pauses.Length)
            {
                throw new StorageAwayException($"Storage refused rows for a minute: {fault.Code}", fault.Exception);
            }

            await Task.Delay(Pauses[attempt], stop);
        }
    }

    /// <summary>Null when the row has ended, accepted or rejected.</summary>
    private async Task<RowFault?> Try(ParsedRow row, ColumnMap map)
    {
        try
        {
            var rejection = row.History is not null ? await Replay(row) : await Register(row);
            // The run has made sure of the unit; a silo that does not know it yet will within a second.
            if (rejection is { Kind: RejectionKind.Unavailable or RejectionKind.StorageFull } or { Code: "unit.unknown" })
            {
                return new(rejection.Code, null);
            }

            if (rejection is not null)
            {
                tally.Reject([new(row.Number, NameOf(map, rejection.Pointer), rejection.Code, rejection.Detail)]);
            }

            return null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return new(fault.GetType().Name, fault);
        }
    }

    private async Task<Rejection?> Replay(ParsedRow row)
    {
        var id = row.Ticket;
        var replayed = await grains.Ticket(id).Replay(row.History!, order.KeepOpen);
        if (replayed.Value is { } report)
        {
            tally.Accept(row.Number, report.Changed, report.ClosedAsItStands ? id : null);
        }

        return replayed.Rejection;
    }

    private async Task<Rejection?> Register(ParsedRow row)
    {
        var registered = await grains.Ticket(row.Ticket).Register(row.Intake!, new CallContext(order.By));
        if (registered.Value is { } receipt)
        {
            tally.Accept(row.Number, receipt.Created, closedAsItStands: null);
        }

        return registered.Rejection;
    }

    /// <summary>The file's name for the field that a refusal points at; the ticket's number when it points at none.</summary>
    private static string NameOf(ColumnMap map, string? pointer)
    {
        var column = pointer is null ? null : ImportColumns.Find(pointer.TrimStart('/'));
        return map.NameOf(column ?? Column.ExternalNo);
    }

    private sealed record RowFault(string Code, Exception? Exception);
}
