using Hotline.Shared;
using Orleans.Concurrency;

namespace Hotline.Notices;

[StatelessWorker, Reentrant]
internal sealed class NoticesGrain(NoticeIndex index, TimeProvider clock) : Grain, INoticesGrain
{
    public Task<Result<NoticePage>> List(NoticeFilter filter, int limit, string? cursor, bool includeTotal) =>
        index.List(filter, limit, cursor, includeTotal, CancellationToken.None);

    public async Task<UnitRecord> RecordOf(string unit)
    {
        var owed = await index.OwedReports(unit, CancellationToken.None);
        var now = clock.GetUtcNow();
        return new([], [.. owed.Select(n => new OpenReport(n.Id, n.Month, n.Task!.DueAt, n.Task.DueAt < now))]);
    }
}
