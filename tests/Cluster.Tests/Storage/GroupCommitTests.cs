using System.Diagnostics;
using Microsoft.Extensions.Logging;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>The loop between grains and the engines, with an engine that does as it is told.</summary>
public sealed class GroupCommitTests(PostgresServer server)
{
    private readonly Lines _log = new();

    [Fact]
    public async Task CommandsThatWaitTogether_ShareABatch_AndTheRestIsRefusedAtOnce()
    {
        await using var lab = await Open(Sqlite, server);
        var engine = new HeldWriter();
        await using var store = Store(lab, engine);
        var first = store.Write(Command("T-first", 0));
        await engine.Entered.Task;

        var writes = Enumerable.Range(0, 1500).Select(i => store.Write(Command($"T-{i}", 0))).ToList();

        Assert.Equal(1024, store.Waiting);
        Assert.All(writes[1024..], write => Assert.Equal(WriteOutcome.Busy, write.Result));
        engine.Release.SetResult();
        Assert.All(await Task.WhenAll([first, .. writes[..1024]]), outcome => Assert.Equal(WriteOutcome.Written, outcome));
        Assert.Equal([1, 256, 256, 256, 256], engine.Batches.Select(b => b.Count));
    }

    [Fact]
    public async Task WhileABatchHangs_EverybodyElseHearsSoWithinASecond_AndNothingRefusedIsWrittenLater()
    {
        await using var lab = await Open(Sqlite, server);
        var engine = new HeldWriter();
        await using var store = Store(lab, engine);
        var hanging = store.Write(Command("T-first", 0));
        await engine.Entered.Task;

        var watch = Stopwatch.StartNew();
        var early = await Task.WhenAll(Enumerable.Range(0, 900).Select(i => Timed(store, $"T-{i}", watch)));
        var late = await Task.WhenAll(Enumerable.Range(900, 900).Select(i => Timed(store, $"T-{i}", watch)));

        Assert.All(early.Concat(late), answer => Assert.Equal(WriteOutcome.Busy, answer.Outcome));
        Assert.InRange(early.Max(a => a.Took.TotalSeconds), 0.7, 1.3);
        Assert.InRange(late.Max(a => a.Took.TotalSeconds), 0, 0.5);
        Assert.False(hanging.IsCompleted);
        engine.Release.SetResult();
        Assert.Equal(WriteOutcome.Written, await hanging);
        await store.Done(Command("T-next", 0));
        Assert.Equal(["T-first", "T-next"], engine.Batches.SelectMany(b => b));
        Assert.InRange(_log.Count, 1, 4);
    }

    [Fact]
    public async Task Fault_OfAWholeBatch_IsToldToItsItems_AndTheLoopGoesOn()
    {
        await using var lab = await Open(Sqlite, server);
        var engine = new HeldWriter { Fault = new NotSupportedException("planted") };
        engine.Release.SetResult();
        await using var store = Store(lab, engine);

        await Assert.ThrowsAsync<NotSupportedException>(() => store.Write(Command("T-1", 0)));
        engine.Fault = new IOException("gone");
        Assert.Equal(WriteOutcome.Unknown, await store.Write(Command("T-1", 0)));
        engine.Fault = null;

        await store.Done(Command("T-1", 0));
        Assert.False(store.IsDead);
    }

    [Fact]
    public async Task StoppedLoop_IsKnownToBeDead()
    {
        await using var lab = await Open(Sqlite, server);

        Assert.False(lab.Store.IsDead);
        await lab.Store.Stop();

        Assert.True(lab.Store.IsDead);
    }

    private static async Task<(WriteOutcome Outcome, TimeSpan Took)> Timed(TicketStore store, string id, Stopwatch watch)
    {
        var began = watch.Elapsed;
        return (await store.Write(Command(id, 0)), watch.Elapsed - began);
    }

    private TicketStore Store(StoreLab lab, ITicketBatchWriter engine)
    {
        var store = new TicketStore(lab.Database, engine, _log);
        store.Start();
        return store;
    }

    private sealed class HeldWriter : ITicketBatchWriter
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<IReadOnlyList<string>> Batches { get; } = [];

        public Exception? Fault { get; set; }

        public Task<IDisposable?> Turn() => Task.FromResult<IDisposable?>(null);

        public async ValueTask<ItemOutcome[]> Write(IReadOnlyList<TicketWrite> items)
        {
            Entered.TrySetResult();
            await Release.Task;
            Batches.Add([.. items.Select(i => i.TicketId)]);
            return Fault is null ? [.. items.Select(_ => (ItemOutcome)WriteOutcome.Written)] : throw Fault;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Lines : ILogger<TicketStore>
    {
        private int _count;

        public int Count => _count;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Interlocked.Increment(ref _count);
    }
}
