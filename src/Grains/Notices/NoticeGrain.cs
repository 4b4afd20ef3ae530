using Hotline.Policies;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Notices;

internal sealed class NoticeGrain(NoticeIndex index, ScoringPolicies policies, CalendarSource calendars, TimeProvider clock) : Grain, INoticeGrain
{
    private string Id => this.GetPrimaryKeyString();

    public async Task<Result<NoticeHistory>> Read() => await index.Find(Id, CancellationToken.None) is { } notice
        ? new NoticeHistory(notice, await index.Steps(Id, CancellationToken.None))
        : NotFound;

    public async Task Reconcile(NoticeGround ground)
    {
        if (NoticeRules.Reconcile(await index.Find(Id, CancellationToken.None), Id, ground, Instant()) is { } change)
        {
            await index.Save(change, CancellationToken.None);
        }
    }

    public Task<Result<Notice>> Edit(string text, string? reason, Actor actor, long? expectedVersion) =>
        Change(expectedVersion, notice => NoticeRules.Edit(notice, text, reason, actor, Instant()));

    public async Task<Result<Notice>> Issue(DateOnly? meetingOn, string? note, Actor actor, long? expectedVersion)
    {
        var (book, calendar) = (await policies.Book(), await calendars.Refresh());
        return await Change(expectedVersion, notice =>
            NoticeRules.Issue(notice, meetingOn, note, actor, new(Instant(), calendar, book.For(notice.Month).SelfCriticismDays)));
    }

    public Task<Result<Notice>> Withdraw(string reason, Actor actor, long? expectedVersion) =>
        Change(expectedVersion, notice => NoticeRules.Withdraw(notice, reason, actor, Instant()));

    public Task<Result<Notice>> Deliver(DateOnly deliveredOn, string? note, Actor actor, long? expectedVersion) =>
        Change(expectedVersion, notice => NoticeRules.Deliver(notice, deliveredOn, note, actor, Instant()));

    private async Task<Result<Notice>> Change(long? expectedVersion, Func<Notice, Result<NoticeChange>> decide)
    {
        if (await index.Find(Id, CancellationToken.None) is not { } notice)
        {
            return NotFound;
        }

        if (expectedVersion is { } expected && expected != notice.Version)
        {
            return new Rejection("precondition.failed", "通报已有变化，请重新读取后再提交。", RejectionKind.Stale);
        }

        var decided = decide(notice);
        if (decided.Value is { } change)
        {
            await index.Save(change, CancellationToken.None);
        }

        return decided.Map(c => c.Next);
    }

    /// <summary>Whole milliseconds: what is stored is what was decided on.</summary>
    private DateTimeOffset Instant() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    private static Rejection NotFound { get; } = new("not-found", "没有这份通报，或无权查看。", RejectionKind.NotFound);
}
