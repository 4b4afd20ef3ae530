using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.WorkCalendar;

namespace Hotline.Notices;

/// <summary>A notice as stored; its steps are rows of their own.</summary>
internal sealed record NoticeState
{
    public Notice? Notice { get; init; }
}

internal sealed class NoticeGrain(RecordStore records, NoticeIndex index, ScoringPolicies policies, CalendarSource calendars, TimeProvider clock)
    : RecordGrain<NoticeState>(records, "notice"), INoticeGrain
{
    private string Id => this.GetPrimaryKeyString();

    public async Task<Result<NoticeHistory>> Read() => Record.Notice is { } notice
        ? new NoticeHistory(notice, await index.Steps(Id, CancellationToken.None))
        : NotFound;

    public async Task<bool> Reconcile(NoticeGround ground) => (await Decide<Notice>(Actor.System, state =>
        NoticeRules.Reconcile(state.Notice, Id, ground, clock.Instant()) is { } change
            ? Become(change)
            : new Change<NoticeState, Notice>(state, state.Notice!))).IsDone;

    public Task<Result<Notice>> Edit(string text, string? reason, CallContext call) =>
        Change(call, notice => NoticeRules.Edit(notice, text, reason, call.Actor, clock.Instant()));

    public async Task<Result<Notice>> Issue(DateOnly? meetingOn, string? note, CallContext call)
    {
        var (book, calendar) = ((await policies.Newest()).Value, (await calendars.Newest()).Value);
        return await Change(call, notice =>
            NoticeRules.Issue(notice, meetingOn, note, call.Actor, new(clock.Instant(), calendar, book.For(notice.Month).SelfCriticismDays)));
    }

    public Task<Result<Notice>> Withdraw(string reason, CallContext call) =>
        Change(call, notice => NoticeRules.Withdraw(notice, reason, call.Actor, clock.Instant()));

    public Task<Result<Notice>> Deliver(DateOnly deliveredOn, string? note, CallContext call) =>
        Change(call, notice => NoticeRules.Deliver(notice, deliveredOn, note, call.Actor, clock.Instant()));

    private Task<Result<Notice>> Change(CallContext call, Func<Notice, Result<NoticeChange>> decide) => Decide(call, state =>
    {
        if (state.Notice is not { } notice)
        {
            return NotFound;
        }

        return call.IfMatch is { } expected && expected != notice.Version
            ? new Rejection("precondition.failed", "通报已有变化，请重新读取后再提交。", RejectionKind.Stale)
            : decide(notice).Map(Become);
    });

    private static Change<NoticeState, Notice> Become(NoticeChange change) => new(new() { Notice = change.Next }, change.Next, NoticeIndex.Rows(change));

    private static Rejection NotFound { get; } = new("not-found", "没有这份通报，或无权查看。", RejectionKind.NotFound);
}
