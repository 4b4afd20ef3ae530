using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Notices;

/// <summary>What happens to a notice: its next record and the step that says so.</summary>
internal sealed record NoticeChange(Notice Next, NoticeStep Step);

/// <summary>通报 from draft to issue, withdrawal and delivery. The system drafts and marks; only people issue and withdraw.</summary>
internal static class NoticeRules
{
    /// <summary>Who may issue criticism and take issued notices back.</summary>
    private static readonly Role[] Heads = [Role.Leader, Role.DeputyChief];

    /// <summary>Who may issue praise, change drafts and record what was delivered.</summary>
    private static readonly Role[] Office = [Role.OfficeDirector, .. Heads];

    /// <summary>What can be done with it now, for anyone.</summary>
    public static IReadOnlyList<string> Allowed(Notice notice) => notice switch
    {
        { Status: NoticeStatus.Drafted } => ["edit", "issue", "withdraw"],
        { OwesReport: true } => ["deliver", "withdraw"],
        { Status: NoticeStatus.Issued or NoticeStatus.GroundGone } => ["withdraw"],
        _ => [],
    };

    /// <summary>What the newest revisions mean for this notice; null when nothing. What people withdrew on a standing ground stays withdrawn.</summary>
    public static NoticeChange? Reconcile(Notice? notice, string id, NoticeGround ground, DateTimeOffset now)
    {
        if (notice is null)
        {
            return ground.Evidence is null ? null : First(id, ground, now);
        }

        if (ground.Evidence is not { } evidence)
        {
            return notice.Grounded ? Lost(notice, ground, now) : null;
        }

        if (notice.Grounded && notice.Advisory == ground.Advisory && AreSame(notice.Evidence, evidence))
        {
            return null;
        }

        var renewed = notice with { Grounded = true, Revision = ground.Revision, Evidence = evidence, Reason = NoticeTextRules.Reason(ground), Unit = ground.Unit };
        return notice.Status switch
        {
            NoticeStatus.Drafted or NoticeStatus.Lapsed => Redraft(notice, renewed, ground, now),
            NoticeStatus.Withdrawn => notice.Grounded ? Take(renewed, NoticeStepKind.GroundChanged, ground, now) : Redraft(notice, renewed, ground, now),
            NoticeStatus.GroundGone => Take(renewed with { Status = NoticeStatus.Issued }, NoticeStepKind.GroundRestored, ground, now),
            _ => Take(renewed, NoticeStepKind.GroundChanged, ground, now),
        };
    }

    public static Result<NoticeChange> Edit(Notice notice, string text, string? reason, Actor actor, DateTimeOffset now) =>
        (Refuse(notice, Office, actor, notice.Status == NoticeStatus.Drafted) ?? Blank(text, "/text")) is { } refused
            ? refused
            : Step(notice with { Text = text.Trim() }, NoticeStepKind.Edited, actor.Id, now, reason, text: text.Trim());

    /// <summary>签发 by one person: the drafter was the system.</summary>
    public static Result<NoticeChange> Issue(Notice notice, DateOnly? meetingOn, string? note, Actor actor, IssueTerms terms)
    {
        if (Refuse(notice, notice.Kind == NoticeKind.Commend ? Office : Heads, actor, notice.Status == NoticeStatus.Drafted) is { } refused)
        {
            return refused;
        }

        var owes = notice is { Kind: NoticeKind.BottomThreeStreak, Advisory: false };
        if (meetingOn is { } day && (!owes || day < ShanghaiTime.DateOf(terms.Now)))
        {
            return new Rejection("notice.meeting-past", "会议日期只用于检查报告，且不能早于今天。", Pointer: "/meetingOn");
        }

        var issued = notice with { Status = NoticeStatus.Issued, IssuedBy = actor.Id, IssuedAt = terms.Now, Task = owes ? TaskOf(meetingOn, terms) : null };
        return Step(issued, NoticeStepKind.Issued, actor.Id, terms.Now, note, notice.Evidence, notice.Text);
    }

    public static Result<NoticeChange> Withdraw(Notice notice, string reason, Actor actor, DateTimeOffset now)
    {
        var isOpen = notice.Status is NoticeStatus.Drafted or NoticeStatus.Issued or NoticeStatus.GroundGone;
        var roles = notice.WentOut && notice.Kind != NoticeKind.Commend ? Heads : Office;
        return (Refuse(notice, roles, actor, isOpen) ?? Blank(reason, "/reason")) is { } refused
            ? refused
            : Step(notice with { Status = NoticeStatus.Withdrawn }, NoticeStepKind.Withdrawn, actor.Id, now, reason);
    }

    /// <summary>The report was given at the heads' meeting, not in the future and not before the notice went out.</summary>
    public static Result<NoticeChange> Deliver(Notice notice, DateOnly deliveredOn, string? note, Actor actor, DateTimeOffset now)
    {
        if (Refuse(notice, Office, actor, notice.Status == NoticeStatus.Issued) is { } refused)
        {
            return refused;
        }

        if (!notice.OwesReport)
        {
            return new Rejection("notice.no-task", "本通报没有未了的检查报告。", RejectionKind.State, AllowedActions: Allowed(notice));
        }

        if (deliveredOn > ShanghaiTime.DateOf(now) || deliveredOn < ShanghaiTime.DateOf(notice.IssuedAt!.Value))
        {
            return new Rejection("notice.delivery-date", "作检查的日期应在签发之日与今天之间。", Pointer: "/deliveredOn");
        }

        var done = notice.Task! with { DeliveredOn = deliveredOn, RecordedBy = actor.Id, RecordedAt = now };
        return Step(notice with { Task = done }, NoticeStepKind.Delivered, actor.Id, now, note);
    }

    /// <summary>Lists inside compare by content.</summary>
    public static bool AreSame(NoticeEvidence a, NoticeEvidence b) => a with { Months = b.Months } == b && a.Months.SequenceEqual(b.Months);

    private static NoticeChange First(string id, NoticeGround ground, DateTimeOffset now)
    {
        var text = NoticeTextRules.Text(ground);
        var draft = new Notice(id, ground.Kind, ground.Month, ground.Tier, ground.Unit, NoticeStatus.Drafted, ground.Advisory, true, ground.Revision,
            NoticeTextRules.Reason(ground), ground.Evidence!, text, text, now, 0);
        return Step(draft, NoticeStepKind.Drafted, Actor.System.Id, now, draft.Reason, ground.Evidence, text);
    }

    /// <summary>A text that a person changed is kept; the rule's new words stand beside it.</summary>
    private static NoticeChange Redraft(Notice before, Notice renewed, NoticeGround ground, DateTimeOffset now)
    {
        var text = NoticeTextRules.Text(ground);
        var kept = before.Status == NoticeStatus.Drafted && before.Text != before.SuggestedText ? before.Text : text;
        var draft = renewed with { Status = NoticeStatus.Drafted, Advisory = ground.Advisory, SuggestedText = text, Text = kept, IssuedBy = null, IssuedAt = null, Task = null };
        return Step(draft, NoticeStepKind.Redrafted, Actor.System.Id, now, NoticeTextRules.Corrected(ground.Revision), ground.Evidence, text);
    }

    private static NoticeChange Take(Notice renewed, NoticeStepKind kind, NoticeGround ground, DateTimeOffset now) =>
        Step(renewed, kind, Actor.System.Id, now, NoticeTextRules.Corrected(ground.Revision), ground.Evidence);

    private static NoticeChange Lost(Notice notice, NoticeGround ground, DateTimeOffset now)
    {
        var next = notice with
        {
            Grounded = false,
            Revision = ground.Revision,
            Status = notice.Status switch
            {
                NoticeStatus.Drafted => NoticeStatus.Lapsed,
                NoticeStatus.Issued => NoticeStatus.GroundGone,
                _ => notice.Status,
            },
        };
        return Step(next, NoticeStepKind.GroundLost, Actor.System.Id, now, NoticeTextRules.Lost(notice, ground.Revision));
    }

    private static SelfCriticismTask TaskOf(DateOnly? meetingOn, IssueTerms terms)
    {
        if (meetingOn is { } day)
        {
            return new(ShanghaiTime.EndOf(day), day, false);
        }

        var due = terms.Calendar.AfterWorkingDays(terms.Now, terms.Days);
        return new(due.At, null, !due.Complete);
    }

    private static NoticeChange Step(Notice next, NoticeStepKind kind, string actor, DateTimeOffset now, string? reason, NoticeEvidence? evidence = null,
        string? text = null)
    {
        var numbered = next with { Version = next.Version + 1 };
        return new(numbered, new(numbered.Version, kind, actor, now, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), next.Revision, evidence, text));
    }

    private static Rejection? Blank(string text, string pointer) =>
        string.IsNullOrWhiteSpace(text) ? new("notice.text-missing", "请写明文字或原因。", Pointer: pointer) : null;

    private static Rejection? Refuse(Notice notice, Role[] roles, Actor actor, bool isInStatus)
    {
        if (!roles.Any(actor.Has))
        {
            return new("notice.role", roles == Heads ? "批评和检查类通报须由分局领导或分管副局长签发、撤回。" : "通报由办公室主任或分局领导办理。", RejectionKind.Forbidden);
        }

        return isInStatus ? null : new("notice.wrong-status", "通报目前的状态不允许此操作。", RejectionKind.State, AllowedActions: Allowed(notice));
    }
}

/// <summary>What an issue is reckoned with.</summary>
/// <param name="Days">The policy's working days for a report without a named meeting.</param>
internal sealed record IssueTerms(DateTimeOffset Now, WorkingCalendar Calendar, int Days);
