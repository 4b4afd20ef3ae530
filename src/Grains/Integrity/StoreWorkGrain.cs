using System.Security.Cryptography;
using System.Text;
using Dapper;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Microsoft.Extensions.Logging;

namespace Hotline.Integrity;

/// <summary>Runs one work at a time in the background and tells how far it is.</summary>
internal sealed class StoreWorkGrain(Database database, TextHasher hasher, FeedSeals seals, TicketStore store, TimeProvider clock, ILogger<StoreWorkGrain> log)
    : Grain, IStoreWorkGrain, IDisposable
{
    private const int Kept = 20;

    private readonly List<Run> _runs = [];
    private readonly CancellationTokenSource _ending = new();

    public async Task<Result<StoreWork>> Begin(StoreWorkKind kind, CallContext call)
    {
        var id = IdOf(call);
        if (_runs.Find(r => r.Id == id) is { } known)
        {
            return new Result<StoreWork>(known.View, null, Replayed: true);
        }
        if (_runs.Find(r => !r.IsOver) is { } running)
        {
            return new Rejection("store.work-running", $"另一项存储作业（{running.Id}）正在进行，请待其完成。", RejectionKind.State);
        }

        DelayDeactivation(TimeSpan.FromHours(6));
        var run = new Run(id, kind, call.Actor.Id, clock, await Count());
        _runs.Insert(0, run);
        _runs.RemoveRange(Math.Min(Kept, _runs.Count), Math.Max(0, _runs.Count - Kept));
        _ = Task.Run(() => Carry(run));
        return run.View;
    }

    public Task<Result<StoreWork>> Get(string id) => Task.FromResult<Result<StoreWork>>(
        _runs.Find(r => r.Id == id) is { } run ? run.View : new Rejection("not-found", "没有这项存储作业，或其所在的节点已重新启动。", RejectionKind.NotFound));

    public Task<IReadOnlyList<StoreWork>> Latest() => Task.FromResult<IReadOnlyList<StoreWork>>([.. _runs.Select(r => r.View)]);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _ending.CancelAsync();

    public void Dispose() => _ending.Dispose();

    private async Task Carry(Run run)
    {
        try
        {
            await using var readings = await Readings.Open(database, _ending.Token);
            await run.Carry(database, hasher, seals, store.NoteAll, readings.All, _ending.Token);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Store work {Kind} {Id} broke off", run.Kind, run.Id);
            run.Fail();
        }
    }

    private async Task<long> Count()
    {
        await using var connection = await database.OpenRead(CancellationToken.None);
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM ticket_index");
    }

    /// <summary>The same for the same command, so that a repeat finds its work.</summary>
    private static string IdOf(CallContext call) =>
        "S-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{call.Actor.Client}\n{call.Key}\n{call.BodyHash}")).AsSpan(0, 8));

    private sealed class Run(string id, StoreWorkKind kind, string by, TimeProvider clock, long tickets)
    {
        private readonly DateTimeOffset _startedAt = clock.Instant();
        private StoreCheck? _check;
        private StoreRebuild? _rebuild;
        private volatile object _status = StoreWorkStatus.Running;
        private DateTimeOffset? _finishedAt;

        public string Id => id;

        public StoreWorkKind Kind => kind;

        public bool IsOver => (StoreWorkStatus)_status != StoreWorkStatus.Running;

        public StoreWork View => new(id, kind, (StoreWorkStatus)_status, tickets, _check?.Done ?? _rebuild?.Done ?? 0, _rebuild?.Mended ?? 0,
            (StoreWorkStatus)_status == StoreWorkStatus.Completed ? Wrong.Count == 0 : null, Wrong, by, _startedAt, _finishedAt);

        private IReadOnlyList<string> Wrong => _check?.Wrong ?? _rebuild?.Wrong ?? [];

        public async Task Carry(Database database, TextHasher hasher, FeedSeals seals, Action changed, IReadOnlyList<Reading> readings, CancellationToken ending)
        {
            if (kind == StoreWorkKind.Check)
            {
                _check = new(hasher, seals);
                await _check.Run(database.Engine, readings, ending);
            }
            else
            {
                _rebuild = new(database, hasher, changed);
                await _rebuild.Run(readings, ending);
            }
            End(StoreWorkStatus.Completed);
        }

        public void Fail() => End(StoreWorkStatus.Failed);

        private void End(StoreWorkStatus status)
        {
            _finishedAt = clock.Instant();
            _status = status;
        }
    }
}
