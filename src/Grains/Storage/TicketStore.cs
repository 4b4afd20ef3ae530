using System.Data.Common;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Hotline.Storage;

/// <summary>Storage of tickets with group commit. Commands that wait at the same time share one transaction; a command's state, index row,
/// events, texts and idempotency key become visible together or not at all; a write is acknowledged after its commit.</summary>
internal sealed class TicketStore(Database database, ITicketBatchWriter writer, ILogger<TicketStore> log)
    : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>, IAsyncDisposable
{
    /// <summary>The provider's name in <c>[PersistentState("ticket", TicketStore.Name)]</c>.</summary>
    public const string Name = "tickets";

    private const int LargestBatch = 256;

    /// <summary>When this many commands wait, the next ones wait to be let in: memory stays bounded.</summary>
    private const int Capacity = 1024;

    private readonly Channel<Item> _waiting = Channel.CreateBounded<Item>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private Task? _loop;
    private long _commits;

    /// <summary>Counts this process's committed batches; it has moved before a command is acknowledged. The same number means that whatever was read
    /// from the tickets since still holds, but for other silos' writes.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    public static TicketStore Create(Database database, ILogger<TicketStore> log) =>
        new(database, database.Engine == StorageEngine.Sqlite ? new SqliteTicketWriter(database) : new PostgresTicketWriter(database.Postgres!), log);

    /// <summary>Which months' scores this process's writes touched.</summary>
    public MonthChanges Changes { get; } = new();

    /// <summary>How many commands wait for their batch.</summary>
    public int Waiting => _waiting.Reader.Count;

    public void Start() => _loop ??= Task.Run(Loop);

    /// <summary>Takes nothing new in and returns when everything taken in is committed or refused.</summary>
    public async Task Stop()
    {
        _waiting.Writer.TryComplete();
        if (_loop is not null)
        {
            await _loop;
        }
    }

    /// <summary>Writes one command and returns its ticket's new version.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">The ticket has another version; nothing was written.</exception>
    /// <exception cref="CommandKeyTakenException">The idempotency key is in use; nothing was written.</exception>
    /// <exception cref="StorageFullException">No space; nothing was written.</exception>
    /// <exception cref="StorageUnavailableException">The database is away or the store is stopping; nothing was written.</exception>
    /// <exception cref="OutcomeUnknownException">The connection was lost at commit.</exception>
    public async Task<long> Write(TicketWrite write)
    {
        var item = new Item(write, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _waiting.Writer.WriteAsync(item);
        }
        catch (ChannelClosedException stopping)
        {
            throw new StorageUnavailableException("The ticket store is stopping.", stopping);
        }
        await item.Done.Task;
        return write.ExpectedVersion + 1;
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = Typed(grainState);
        await using var connection = await database.OpenRead(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT payload, version FROM ticket_state WHERE ticket_id = @id";
        var id = command.CreateParameter();
        (id.ParameterName, id.Value) = ("id", grainId.Key.ToString());
        command.Parameters.Add(id);
        await using var reader = await command.ExecuteReaderAsync();
        state.RecordExists = await reader.ReadAsync();
        state.State = new TicketRecord { Payload = state.RecordExists ? await reader.GetFieldValueAsync<byte[]>(0) : null };
        state.ETag = state.RecordExists ? reader.GetInt64(1).ToString(CultureInfo.InvariantCulture) : null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = Typed(grainState);
        var record = state.State;
        var write = record?.Pending ?? throw new InvalidOperationException("A ticket is written by setting Pending.");
        record.Pending = null;
        var held = state.ETag is null ? 0 : long.Parse(state.ETag, CultureInfo.InvariantCulture);
        if (write.ExpectedVersion != held || write.TicketId != grainId.Key.ToString())
        {
            throw new InvalidOperationException("The command was decided on another ticket or version than the one loaded.");
        }
        var version = await Write(write);
        record.Payload = write.Payload;
        state.ETag = version.ToString(CultureInfo.InvariantCulture);
        state.RecordExists = true;
    }

    /// <summary>Nothing is deleted: a ticket ends in a status.</summary>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("Tickets are never cleared.");

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
            while (batch.Count < LargestBatch && _waiting.Reader.TryRead(out var item))
            {
                batch.Add(item);
            }
            await Commit(batch);
            batch.Clear();
        }
    }

    private async Task Commit(List<Item> batch)
    {
        var outcomes = await Outcomes(batch);
        Interlocked.Increment(ref _commits);
        Changes.Note(batch.Select(item => item.Write));
        for (var i = 0; i < batch.Count; i++)
        {
            if (outcomes[i] is { } fault)
            {
                batch[i].Done.SetException(fault);
            }
            else
            {
                batch[i].Done.SetResult();
            }
        }
    }

    /// <summary>The loop outlives every fault: whatever goes wrong, its items hear of it and the next batch is tried.</summary>
    private async ValueTask<Exception?[]> Outcomes(List<Item> batch)
    {
        try
        {
            return await writer.Write(batch.ConvertAll(item => item.Write));
        }
        catch (Exception fault)
        {
            log.LogError(fault, "A batch of {Count} ticket commands failed", batch.Count);
            return Enumerable.Repeat<Exception?>(fault, batch.Count).ToArray();
        }
    }

    private static IGrainState<TicketRecord> Typed<T>(IGrainState<T> grainState) =>
        grainState as IGrainState<TicketRecord> ?? throw new NotSupportedException($"Provider '{Name}' stores {nameof(TicketRecord)} only.");

    private sealed record Item(TicketWrite Write, TaskCompletionSource Done);
}
