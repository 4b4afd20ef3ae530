using Hotline.Shared;
using Orleans.Concurrency;

namespace Hotline.Notices;

[StatelessWorker, Reentrant]
internal sealed class NoticesGrain(NoticeIndex index, AwardRevisions awards, TimeProvider clock) : Grain, INoticesGrain
{
    public Task<Result<NoticePage>> List(NoticeFilter filter, int limit, string? cursor, bool includeTotal) =>
        index.List(filter, limit, cursor, includeTotal, CancellationToken.None);

    public async Task<UnitRecord> RecordOf(string unit)
    {
        var owed = await index.OwedReports(unit, CancellationToken.None);
        var now = clock.GetUtcNow();
        var won = (await awards.Quarters(null, CancellationToken.None)).OrderByDescending(l => l.Source.Quarter).SelectMany(l => l.Body.Candidates
            .Where(c => c.Unit.Code == unit && c.Outcome == AwardOutcome.Won)
            .Select(c => new WonQuarter(l.Source.Quarter, l.Source.Tier, c.Rank!.Value, c.Figures.Score, l.Source.Revision)));
        return new([.. won], [.. owed.Select(n => new OpenReport(n.Id, n.Month, n.Task!.DueAt, n.Task.DueAt < now))]);
    }
}
