using System.Globalization;
using Hotline.Shared;
using Hotline.Storage;
using Orleans.Placement;

namespace Hotline.Imports;

/// <summary>Receives a file where the caller's silo is, keeps its order, and says how far it is.</summary>
[PreferLocalPlacement]
internal sealed class ImportGrain(RecordStore records, ImportFiles files, ImportQueue queue, TimeProvider clock)
    : RecordGrain<ImportState>(records, "import"), IImportGrain
{
    /// <summary>A sender that is silent for so long is gone; another may begin.</summary>
    private static readonly TimeSpan SenderPatience = TimeSpan.FromSeconds(30);

    private FileStream? _arriving;
    private string? _upload;
    private ImportCounts? _heard;
    private DateTimeOffset _heardAt;

    private string Id => ImportKeys.IdOf(this.GetPrimaryKeyString());

    private static Rejection UploadLost => new("import.upload-lost", "上传中断，请重新上传。", RejectionKind.Unavailable);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _heardAt = clock.GetUtcNow();
        return base.OnActivateAsync(cancellationToken);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => await Abandon();

    public async Task<Result<ImportArrival>> Append(ImportPiece piece)
    {
        var now = clock.GetUtcNow();
        var isOthers = _arriving is not null && piece.Upload != _upload && now - _heardAt < SenderPatience;
        if (isOthers || Record.Order is not null)
        {
            return new Rejection("idempotency.running", "相同的请求正在处理，请稍后再试。", RejectionKind.State);
        }

        return await DiskFull.AsRejection<ImportArrival>(async () =>
        {
            if (piece.Offset == 0)
            {
                await Abandon();
                (_arriving, _upload) = (files.Create(Id), piece.Upload);
            }

            if (_arriving is not { } arriving || piece.Upload != _upload || arriving.Position != piece.Offset)
            {
                return UploadLost;
            }

            _heardAt = now;
            await arriving.WriteAsync(piece.Bytes);
            return new ImportArrival(arriving.Position);
        });
    }

    public async Task<Result<ImportReceipt>> Start(ImportOrder order)
    {
        if (Record.Order is { } first)
        {
            return ImportStatusRules.IsSame(first, order)
                ? new ImportReceipt(View(), Replayed: true)
                : new Rejection("idempotency.mismatch", "该 Idempotency-Key 已用于内容不同的请求，请换用新的键。");
        }

        if (_arriving is not { } arriving || arriving.Length != order.Size)
        {
            return UploadLost;
        }

        return await DiskFull.AsRejection<ImportReceipt>(async () =>
        {
            files.Keep(Id, arriving);
            _arriving = null;
            _heardAt = clock.GetUtcNow();
            var kept = await Keep(_ => new ImportState { Order = order, StartedAt = _heardAt });
            if (kept.Rejection is { } refused)
            {
                return refused;
            }

            queue.Add(Id);
            await Note();
            return new ImportReceipt(View(), Replayed: false);
        });
    }

    public async Task Abandon()
    {
        if (_arriving is { } arriving)
        {
            _arriving = null;
            await arriving.DisposeAsync();
            files.Discard(Id);
        }
    }

    public Task<ImportOrder?> Work() => Task.FromResult(Record.FinishedAt is null ? Record.Order : null);

    public Task Report(ImportCounts counts)
    {
        (_heard, _heardAt) = (counts, clock.GetUtcNow());
        return Task.CompletedTask;
    }

    public async Task Finish(ImportCounts counts, RowError? failure)
    {
        var kept = await Keep(state => state with { Final = counts, Failure = failure, FinishedAt = clock.GetUtcNow() });
        if (kept.Rejection is { } refused)
        {
            throw new StorageUnavailableException($"The end of the import is not kept: {refused.Code}.");
        }

        await Note();
    }

    public Task<ImportView?> Read() => Task.FromResult(Record.Order is null ? null : View());

    private ImportView View() => ImportStatusRules.View(Id, Record, _heard, _heardAt, clock.GetUtcNow());

    private Task Note() => GrainFactory.GetGrain<IImportListGrain>(ImportKeys.List).Note(ImportStatusRules.Summary(View()));
}

/// <summary>The latest imports, for people who look for theirs.</summary>
internal sealed class ImportListGrain(RecordStore records) : RecordGrain<ImportListState>(records, "import-list"), IImportListGrain
{
    private const int Most = 200;

    public Task Note(ImportSummary summary) => Keep(list => new ImportListState
    {
        Latest = [.. list.Latest.Where(s => s.Id != summary.Id).Append(summary)
            .OrderByDescending(s => s.StartedAt).ThenBy(s => s.Id, StringComparer.Ordinal).Take(Most)],
    });

    public Task<IReadOnlyList<ImportSummary>> Latest() => Task.FromResult(Record.Latest);
}
