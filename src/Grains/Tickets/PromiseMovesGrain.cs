using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.WorkCalendar;
using Orleans.Concurrency;

namespace Hotline.Tickets;

/// <summary>Carries runs out one after the other. Reentrant: progress is read while a run lasts; decisions take turns.</summary>
[Reentrant]
internal sealed class PromiseMovesGrain(RecordStore records, OpenPromises promises, CalendarSource calendars, TimeProvider clock)
    : RecordGrain<PromiseMovesState>(records, "promise-moves"), IPromiseMovesGrain
{
    private const int Passes = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(1);

    private Task? _working;
    private long _current;
    private int _moved;

    public async Task<Result<MovePreview>> Preview(HolidayYear? year, int limit, string? cursor)
    {
        var current = (await calendars.Newest()).Value;
        if (year is not null && CalendarRules.Check(year, current) is { } refused)
        {
            return refused;
        }

        var tried = year is null || CalendarRules.AreSame(current.NoticeOf(year.Year), year) ? null : year;
        var calendar = tried is null ? current : current.With(tried);
        var changes = await Task.Run(() => promises.Preview(calendar, MoveScope.All, CancellationToken.None));
        return PromiseMoveRules.Page(current.Version, tried, changes, limit, cursor);
    }

    public async Task<Result<MovePreview>> Try(DeadlinePolicy policy, int limit, string? cursor)
    {
        var calendar = (await calendars.Newest()).Value;
        var changes = await Task.Run(() => promises.Preview(calendar, _ => policy, MoveScope.All, CancellationToken.None));
        return PromiseMoveRules.Page(calendar.Version, policy, [.. changes.Where(c => c.DueFrom != c.DueTo)], limit, cursor);
    }

    public async Task<Result<PromiseMoveRun>> Order(MoveOrder order, CallContext call)
    {
        var ordered = await Decide(call, state => Ordered(state, order, call.Actor));
        if (ordered.Value is not { Number: > 0 } run)
        {
            return ordered;
        }

        await Task.WhenAny(Work(), Task.Delay(Patience));
        return ordered with { Value = Shown(Known?.Find(run.Number) ?? run) };
    }

    public Task<IReadOnlyList<PromiseMoveRun>> Runs() => Task.FromResult<IReadOnlyList<PromiseMoveRun>>([.. Record.Runs.Reverse().Select(Shown)]);

    public async Task Settle()
    {
        if (Record.Runs.Any(r => r.Status == MoveStatus.Running))
        {
            await Task.WhenAny(Work(), Task.Delay(Patience));
            return;
        }

        var calendar = (await calendars.Newest()).Value;
        if (await Affected(calendar, MoveScope.Completed) is { Count: > 0 } left)
        {
            var last = calendar.Years[^1];
            await Order(new(last.Year, MoveScope.Completed, last.Notice, null), Actor.System);
        }
    }

    private async Task<Result<Change<PromiseMovesState, PromiseMoveRun>>> Ordered(PromiseMovesState state, MoveOrder order, Actor actor)
    {
        var newest = await calendars.Newest();
        if (PromiseMoveRules.Check(order, newest) is { } refused)
        {
            return refused;
        }

        var calendar = newest.Value;
        var (affected, now) = (await Affected(calendar, order.Scope), clock.Instant());
        var run = new PromiseMoveRun(0, order.Year, calendar.Version, order.Scope, order.Reason, actor.Id, MoveStatus.Completed, affected.Count, 0, now, now);
        if (affected.Count == 0)
        {
            return new Change<PromiseMovesState, PromiseMoveRun>(state, run);
        }

        run = run with { Number = state.NextNumber, Status = MoveStatus.Running, FinishedAt = null };
        return new Change<PromiseMovesState, PromiseMoveRun>(state.With(run), run);
    }

    /// <summary>All unfinished runs; a second caller waits for the same work.</summary>
    private Task Work()
    {
        if (_working is not { IsCompleted: false })
        {
            _working = RunAll();
        }

        return _working;
    }

    private async Task RunAll()
    {
        DelayDeactivation(LongestRun);
        var tried = new HashSet<long>();
        while (Record.Runs.FirstOrDefault(r => r.Status == MoveStatus.Running && tried.Add(r.Number)) is { } run)
        {
            (_current, _moved) = (run.Number, 0);
            await RunOne(run);
        }

        DelayDeactivation(TimeSpan.Zero);
    }

    /// <summary>Ends unfinished when tickets remain that could not be asked: the next settling takes them up.</summary>
    private async Task RunOne(PromiseMoveRun run)
    {
        var order = new Recomputation(Actor.System with { Id = run.By }, run.Reason, run.CalendarVersion, run.Scope);
        for (var pass = 0; pass < Passes; pass++)
        {
            var calendar = (await calendars.Newest()).Value;
            var left = await Affected(calendar, run.Scope);
            _moved = Math.Max(_moved, run.Tickets - left.Count);
            if (left.Count == 0 || calendar.Version != run.CalendarVersion)
            {
                var status = calendar.Version == run.CalendarVersion ? MoveStatus.Completed : MoveStatus.Superseded;
                var ended = run with { Status = status, Moved = _moved, FinishedAt = clock.Instant() };
                await Keep(state => state.With(ended));
                return;
            }

            await Task.Run(() => promises.Apply(left, order, () => Interlocked.Increment(ref _moved), CancellationToken.None));
            await Task.Delay(pass == 0 ? TimeSpan.Zero : Pause);
        }
    }

    /// <summary>Off the grain's own turn: reading thousands of tickets must not hold up who asks for progress.</summary>
    private Task<IReadOnlyList<string>> Affected(WorkingCalendar calendar, MoveScope scope) => Task.Run<IReadOnlyList<string>>(async () =>
        [.. (await promises.Preview(calendar, scope, CancellationToken.None)).Select(c => c.Ticket).Distinct()]);

    private PromiseMoveRun Shown(PromiseMoveRun run) =>
        run.Status == MoveStatus.Running && run.Number == _current ? run with { Moved = Volatile.Read(ref _moved) } : run;
}
