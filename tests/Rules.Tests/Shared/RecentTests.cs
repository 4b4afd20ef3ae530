using System.Diagnostics;

namespace Hotline.Shared;

/// <summary>The one copy mechanism: what it serves, how old, and how long it makes its callers wait.</summary>
public sealed class RecentTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly SteppedTime _time = new();
    private readonly Recent<string> _copy;
    private Func<Task<string>> _source;
    private int _loads;

    public RecentTests()
    {
        _source = () => Task.FromResult("a");
        _copy = new(_ =>
        {
            Interlocked.Increment(ref _loads);
            return _source();
        }, _time);
    }

    [Fact]
    public async Task Copy_ServesForASecond()
    {
        Assert.Null(_copy.Last);
        Assert.Equal("a", await _copy.Get());
        _source = () => Task.FromResult("b");

        _time.Step(Second - Moment);
        Assert.Equal(("a", 1), (await _copy.Get(), _loads));
        _time.Step(Moment);
        Assert.Equal(("b", 2), (await _copy.Get(), _loads));
        Assert.Equal("b", _copy.Last);
    }

    [Fact]
    public async Task ManyCallers_WaitForOneLoad()
    {
        var answer = Held();
        var callers = Enumerable.Range(0, 20).Select(_ => _copy.Get().AsTask()).ToList();
        answer.SetResult("b");

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal("b", value));
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task SourceThatFails_LeavesTheLastCopyInServiceForAMinute()
    {
        await _copy.Get();
        _source = () => Task.FromException<string>(new InvalidOperationException());

        _time.Step((60 * Second) - Moment);
        Assert.Equal("a", await _copy.Get());
        _time.Step(Moment);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _copy.Get().AsTask());
        Assert.Equal("a", _copy.Last);
    }

    [Fact]
    public async Task FaultWithoutACopy_PassesOn_AndTheSourceIsAskedAgain()
    {
        var source = _source;
        _source = () => Task.FromException<string>(new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(() => _copy.Get().AsTask());

        _source = source;
        Assert.Equal("a", await _copy.Get());
    }

    [Fact]
    public async Task SourceThatHangs_IsWaitedForASecond_WhereThereIsACopy()
    {
        await _copy.Get();
        _time.Step(Second);
        var hanging = Held();
        var watch = Stopwatch.StartNew();

        Assert.Equal("a", await _copy.Get());

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 1.8);
        hanging.SetResult("b");
    }

    [Fact]
    public async Task Newest_IsReadAfterItWasAskedFor()
    {
        var earlier = Held();
        var first = _copy.Get().AsTask();
        await Begun();
        _time.Step(Moment);
        var newest = _copy.GetNewest();
        _source = () => Task.FromResult("b");
        earlier.SetResult("a");

        Assert.Equal("a", await first);
        Assert.Equal("b", (await newest).Value);
        Assert.Equal(("b", 2), (await _copy.Get(), _loads));
    }

    [Fact]
    public async Task Newest_OfASourceThatFails_IsNoCopy()
    {
        await _copy.Get();
        _source = () => Task.FromException<string>(new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(_copy.GetNewest);
    }

    [Fact]
    public async Task ForgottenCopy_IsNotServed()
    {
        await _copy.Get();
        _source = () => Task.FromResult("b");
        _copy.Forget();
        Assert.Equal("b", await _copy.Get());
    }

    /// <summary>The source answers when it is told to.</summary>
    private TaskCompletionSource<string> Held()
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _source = () => answer.Task;
        return answer;
    }

    private async Task Begun()
    {
        while (Volatile.Read(ref _loads) == 0)
        {
            await Task.Delay(1);
        }
    }

    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref _ticks);

        public void Step(TimeSpan span) => Interlocked.Add(ref _ticks, span.Ticks);
    }
}
