using Microsoft.Extensions.Logging.Abstractions;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>The loop between grains and the engines, with an engine that does as it is told.</summary>
public sealed class GroupCommitTests(PostgresServer server)
{
    [Fact]
    public async Task CommandsThatWaitTogether_ShareABatch_AndTheRestWaitOutside()
    {
        await using var lab = await Open(Sqlite, server);
        var engine = new HeldWriter();
        await using var store = Store(lab, engine);
        var writes = new List<Task<long>> { store.Write(Command("T-first", 0)) };
        await engine.Entered.Task;

        writes.AddRange(Enumerable.Range(0, 1500).Select(i => store.Write(Command($"T-{i}", 0))));

        Assert.Equal(1024, store.Waiting);
        Assert.All(writes, write => Assert.False(write.IsCompleted));
        engine.Release.SetResult();
        await Task.WhenAll(writes);
        Assert.Equal([1, 256, 256, 256, 256], engine.Batches.Take(5));
        Assert.Equal(1501, engine.Batches.Sum());
        Assert.True(engine.Batches.Max() <= 256);
    }

    [Fact]
    public async Task Fault_OfAWholeBatch_IsToldToItsItems_AndTheLoopGoesOn()
    {
        await using var lab = await Open(Sqlite, server);
        var engine = new HeldWriter { Fault = new IOException("gone") };
        engine.Release.SetResult();
        await using var store = Store(lab, engine);

        await Assert.ThrowsAsync<IOException>(() => store.Write(Command("T-1", 0)));
        engine.Fault = null;

        Assert.Equal(1, await store.Write(Command("T-1", 0)));
    }

    private static TicketStore Store(StoreLab lab, ITicketBatchWriter engine)
    {
        var store = new TicketStore(lab.Database, engine, NullLogger<TicketStore>.Instance);
        store.Start();
        return store;
    }

    private sealed class HeldWriter : ITicketBatchWriter
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<int> Batches { get; } = [];

        public Exception? Fault { get; set; }

        public async ValueTask<Exception?[]> Write(IReadOnlyList<TicketWrite> items)
        {
            Entered.TrySetResult();
            await Release.Task;
            Batches.Add(items.Count);
            return Fault is null ? new Exception?[items.Count] : throw Fault;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
