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

        if (!files.HasRoom(piece.Bytes.Length))
        {
            return new Rejection("import.space-taken", "等待导入的文件已占满暂存空间，请稍后再上传。", RejectionKind.TooMany);
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

        var started = _arriving is { } arriving && arriving.Length == order.Size ? await Begin(arriving, order) : UploadLost;
        if (!started.IsDone)
        {
            await Abandon();
        }

        return started;
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

    public async Task<ImportOrder?> Begin(string runner)
    {
        _heardAt = clock.GetUtcNow();
        await Save(state => ImportStatusRules.Begin(state, runner, _heardAt));
        return Record.FinishedAt is null ? Record.Order : null;
    }

    public Task Pause(string runner) => Save(state => ImportStatusRules.Pause(state, runner));

    public Task<bool> Report(ImportCounts counts)
    {
        (_heard, _heardAt) = (counts, clock.GetUtcNow());
        return Task.FromResult(Record.FinishedAt is null);
    }

    public Task Finish(ImportCounts counts, RowError? failure) =>
        Save(state => ImportStatusRules.Finish(state, counts, failure, clock.GetUtcNow()));

    public async Task<Result<ImportView>> Cancel(CallContext call)
    {
        var cancelled = await Decide(call, state => ImportStatusRules.Cancel(state, _heard, call.Actor, clock.GetUtcNow())
            .Map(next => new Change<ImportState, ImportView>(next, View(next))));
        if (cancelled.IsDone)
        {
            // Where the file is another process's, its runner removes it.
            files.Delete(Id);
            await Afterwards(Note);
        }

        return cancelled;
    }

    public Task<ImportView?> Read() => Task.FromResult(Record.Order is null ? null : View());

    private ImportView View() => View(Record);

    private ImportView View(ImportState state) => ImportStatusRules.View(Id, state, _heard, _heardAt, clock.GetUtcNow());

    private Task<Result<ImportReceipt>> Begin(FileStream arriving, ImportOrder order) => DiskFull.AsRejection<ImportReceipt>(async () =>
    {
        files.Keep(Id, arriving);
        _arriving = null;
        _heardAt = clock.GetUtcNow();
        var kept = await Keep(_ => new ImportState { Order = order, StartedAt = _heardAt });
        if (kept.Rejection is { Code: not "outcome.unknown" } refused)
        {
            files.Delete(Id);
            return refused;
        }

        // Also when it is not known what became of the write: the runner asks, and removes the file when there is no import.
        queue.Add(Id);
        if (kept.Rejection is { } unknown)
        {
            return unknown;
        }

        await Afterwards(Note);
        return new ImportReceipt(View(), Replayed: false);
    });

    private async Task Save(Func<ImportState, ImportState> change)
    {
        await Insist(change);
        if (Record.FinishedAt is not null)
        {
            // Also when it was over before: the list may not have heard of it.
            await Note();
        }
    }

    private Task Note() =>
        GrainFactory.GetGrain<IImportListGrain>(ImportKeys.List).Note(ImportStatusRules.Summary(View()), Record.Order!.By.Client);
}
