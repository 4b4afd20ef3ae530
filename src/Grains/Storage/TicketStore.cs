using System.Diagnostics;
using System.Threading.Channels;
using Hotline.Shared;
using Microsoft.Extensions.Logging;

namespace Hotline.Storage;

/// <summary>Storage of tickets with group commit. Commands that wait at the same time share one transaction; a command's events, index row,
/// texts and idempotency key become visible together or not at all; a write is acknowledged after its commit. Who would wait long is refused.</summary>
internal sealed class TicketStore(Database database, ITicketBatchWriter writer, ILogger<TicketStore> log)
    : ILifecycleParticipant<ISiloLifecycle>, IAsyncDisposable
{
    private const int LargestBatch = 256;

    /// <summary>When this many commands wait, the next ones are refused: memory stays bounded.</summary>
    private const int Capacity = 1024;

    /// <summary>Longer than this nobody waits for a batch to begin: with the pause between two looks the refusal comes within a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>No batch takes this long: the database's own limits are shorter.</summary>
    private static readonly TimeSpan Dead = TimeSpan.FromSeconds(20);

    private readonly Channel<Item> _waiting = Channel.CreateBounded<Item>(Capacity);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _taking = new();
    private readonly OncePerSecond _refusals = new();
    private Task? _loop;
    private Task? _late;
    private long _commits;
    private long _batchSince;

    /// <summary>Counts this process's committed batches; it has moved before a command is acknowledged. The same number means that whatever was read
    /// from the tickets since still holds, but for other silos' writes.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    public static TicketStore Create(Database database, ILogger<TicketStore> log) =>
        new(database, database.Engine == StorageEngine.Sqlite ? new SqliteTicketWriter(database) : new PostgresTicketWriter(database.Postgres!), log);

    /// <summary>Which months' scores this process's writes touched.</summary>
    public MonthChanges Changes { get; } = new();

    /// <summary>Rows of tickets were written beside this store: nothing read before still holds.</summary>
    public void NoteAll()
    {
        Interlocked.Increment(ref _commits);
        Changes.NoteAll();
    }

    /// <summary>How many commands wait for their batch.</summary>
    public int Waiting => _waiting.Reader.Count;

    /// <summary>Nothing is written any more: the loop has ended, or hangs in a batch.</summary>
    public bool IsDead => _loop is null or { IsCompleted: true } || InBatch > Dead;

    /// <summary>This silo is without its database.</summary>
    public bool IsAway => database.Health.IsAway;

    private TimeSpan InBatch => Volatile.Read(ref _batchSince) is var since and not 0 ? Stopwatch.GetElapsedTime(since) : TimeSpan.Zero;

    public void Start()
    {
        _loop ??= Task.Run(Loop);
        _late ??= Task.Run(RefuseTheLate);
    }

    /// <summary>Takes nothing new in and returns when everything taken in is committed or refused.</summary>
    public async Task Stop()
    {
        _waiting.Writer.TryComplete();
        await _stopping.CancelAsync();
        await Task.WhenAll(_loop ?? Task.CompletedTask, _late ?? Task.CompletedTask);
    }

    /// <summary>Writes one command. A refused one is never written later.</summary>
    /// <exception cref="Exception">A value of the command cannot be stored; nothing was written.</exception>
    public async Task<WriteOutcome> Write(TicketWrite write)
    {
        var item = new Item(write, Stopwatch.GetTimestamp(), new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_stopping.IsCancellationRequested)
        {
            return WriteOutcome.Unavailable;
        }
        return InBatch < Patience && _waiting.Writer.TryWrite(item) ? await item.Done.Task : Told(WriteOutcome.Busy);
    }

    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(TicketStore), ServiceLifecycleStage.ApplicationServices,
            _ => { Start(); return Task.CompletedTask; }, _ => Stop());

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await writer.DisposeAsync();
    }

    private async Task Loop()
    {
        var batch = new List<Item>(LargestBatch);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            Volatile.Write(ref _batchSince, Stopwatch.GetTimestamp());
            using (await writer.Turn())
            {
                Take(batch);
                await (batch.Count > 0 ? Commit(batch) : Task.CompletedTask);
            }
            Volatile.Write(ref _batchSince, 0);
            batch.Clear();
        }
    }

    private void Take(List<Item> batch)
    {
        lock (_taking)
        {
            while (batch.Count < LargestBatch && _waiting.Reader.TryRead(out var item))
            {
                batch.Add(item);
            }
        }
    }

    /// <summary>While a batch hangs, those behind it are told so. What is taken out here is in no batch.</summary>
    private async Task RefuseTheLate()
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                lock (_taking)
                {
                    while (_waiting.Reader.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest.Since) > Patience)
                    {
                        _waiting.Reader.TryRead(out _);
                        oldest.Done.SetResult(Told(WriteOutcome.Busy));
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The loop ends what was taken in.
        }
    }

    private async Task Commit(List<Item> batch)
    {
        var outcomes = await Outcomes(batch);
        Interlocked.Increment(ref _commits);
        Changes.Note(batch.Select(item => item.Write));
        if (outcomes.Any(o => o.Outcome is WriteOutcome.Unavailable or WriteOutcome.Unknown))
        {
            database.Health.Failed();
        }
        else
        {
            database.Health.Answered();
        }
        for (var i = 0; i < batch.Count; i++)
        {
            if (outcomes[i] is { Outcome: { } outcome })
            {
                batch[i].Done.SetResult(Told(outcome, outcomes[i].Fault));
            }
            else
            {
                batch[i].Done.SetException(outcomes[i].Fault!);
            }
        }
    }

    /// <summary>The loop outlives every fault: whatever goes wrong, its items hear of it and the next batch is tried.</summary>
    private async ValueTask<ItemOutcome[]> Outcomes(List<Item> batch)
    {
        try
        {
            return await writer.Write(batch.ConvertAll(item => item.Write));
        }
        catch (Exception fault)
        {
            log.LogError(fault, "A batch of {Count} ticket commands failed", batch.Count);
            return Enumerable.Repeat(ItemOutcome.Of(fault), batch.Count).ToArray();
        }
    }

    /// <summary>What is not the command's own doing is for the log.</summary>
    private WriteOutcome Told(WriteOutcome outcome, Exception? fault = null)
    {
        if (outcome is not (WriteOutcome.Written or WriteOutcome.Stale or WriteOutcome.KeyTaken) && _refusals.Count() is { } count)
        {
            log.LogWarning("{Count} ticket commands were not written, the last one as {Outcome}: {Fault}", count, outcome, fault?.Message);
        }
        return outcome;
    }

    private sealed record Item(TicketWrite Write, long Since, TaskCompletionSource<WriteOutcome> Done);
}
