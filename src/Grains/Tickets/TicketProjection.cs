using Hotline.Shared;
using Hotline.Storage;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>State to index row: what lists, queues, the sweep and the scores see of a ticket. The scoring facts of product.md §4 are formed here
/// and nowhere else.</summary>
internal static class TicketProjection
{
    public static TicketIndexRow Row(TicketState s)
    {
        var open = OpenDue(s);
        var step = TicketWork.Step(s);
        return new()
        {
            TicketId = s.Id,
            Seq = s.Seq,
            Source = s.Source,
            ExternalNo = s.ExternalNo,
            Nature = Codes.Of(s.Nature),
            Urgency = Codes.Of(s.Urgency),
            Topic = s.Topic,
            Place = s.Place,
            Status = Codes.Of(s.Status),
            Unit = s.LeadUnit,
            CallerKey = s.CallerKey,
            ReceivedAt = Ms(s.ReceivedAt),
            RegisteredAt = Ms(s.RegisteredAt),
            DispatchedAt = Ms(s.DispatchedAt),
            ClosedAt = Ms(s.ClosedAt),
            UpdatedAt = Ms(s.LastAt),
            Live = s.Live,
            Difficult = s.Difficult,
            Desk = DeskOf(s) is { } desk ? Codes.Of(desk) : null,
            OpenDueAt = open,
            NextAlarmAt = s.OwesParent ? Ms(s.LastAt) : Ms(AlarmRules.NextAt(s)),
            AlarmLevel = (int)AlarmRules.Level(s),
            Work = step is null ? null : Codes.Of(step.Kind),
            WorkUnit = step?.Unit,
            WorkNotBy = step?.NotBy,
            Asked = s.Asked is { } asked ? Codes.Of(asked.Kind) : null,
            AskedBy = s.Asked?.By,
            ExtensionFor = TicketWork.ExtensionFor(s) is { } role ? Codes.Of(role) : null,
            ExtensionBy = s.Extension?.RequestedBy,
            ExclusionFor = TicketWork.ExclusionFor(s) is { } decider ? Codes.Of(decider) : null,
            ExclusionBy = TicketWork.ExclusionBy(s),
            CardUnit = TicketWork.CardUnit(s),
            Shard = TicketIdentity.Shard(s.Id),
        };
    }

    /// <summary>What the ticket counts for (product.md §4): each unit's obligation, and what was said of each unit's replies.</summary>
    public static ScoredRows Scored(TicketState s)
    {
        if (s.Obligations.Count == 0 && s.EndedByBranch is null)
        {
            return ScoredRows.None;
        }

        var excluded = s.Exclusion is { IsInForce: true };
        var obligations = s.Obligations.Select(o => Row(s, o, excluded));
        return new([.. s.EndedByBranch is { } end ? obligations.Append(OfBranch(end)) : obligations], Answers(s, excluded));
    }

    /// <summary>What the branch declined or merged, by the month in which it did; in no month once that was taken back.</summary>
    private static ObligationRow OfBranch(OutsideEnd end) =>
        new(Branch, false, end.At is { } at ? ShanghaiTime.MonthOf(at).Key : null, Ms(end.At), null, false, false, (int)end.End, false, false);

    /// <summary>Stands where a unit's code would stand.</summary>
    public const string Branch = "";

    /// <summary>One unit's obligation as it stands.</summary>
    public static ObligationRow Row(TicketState s, Obligation owed, bool excluded)
    {
        var due = s.DueOf(owed);
        var passed = owed.Support ? owed.RepliedAt : owed.PassedAt;
        return new(owed.Unit, owed.Support, due is null ? null : ShanghaiTime.MonthOf(due.DueAt).Key, Ms(due?.DueAt), Ms(owed.RepliedAt),
            owed.RepliedAt <= due?.DueAt, passed <= due?.DueAt, (int)EndOf(s, owed, due), excluded,
            s.IsOpen && owed is { RepliedAt: null, End: ObligationEnd.None } && due is { IsRunning: true });
    }

    /// <summary>Why an obligation is outside the rates: the first that fits.</summary>
    private static ObligationEnd EndOf(TicketState s, Obligation owed, Deadline? due) => owed.End != ObligationEnd.None ? owed.End : due switch
    {
        { HeldAt: not null, MetAt: null } => s.Status == TicketStatus.Suspended ? ObligationEnd.Suspended : ObligationEnd.StandsStill,
        { Compressed: true } => ObligationEnd.Compressed,
        _ => ObligationEnd.None,
    };

    /// <summary>One row a unit whose reply was judged, in the month of its first effective callback; the callback's end without an answer only while nobody
    /// has answered.</summary>
    private static List<AnswerRow> Answers(TicketState s, bool excluded)
    {
        var rows = new List<AnswerRow>();
        foreach (var first in s.Answers.DistinctBy(a => a.Unit))
        {
            var last = s.Answers.Last(a => a.Unit == first.Unit);
            var counts = last.Replaces ? last : first;
            rows.Add(new(first.Unit, ShanghaiTime.MonthOf(first.At).Key, Ms(first.At), (int)counts.Satisfaction, (int)first.Satisfaction, excluded,
                s.BlamelessUnits.Contains(first.Unit)));
        }

        if (rows.Count == 0 && s is { UnreachedAt: { } at, UnreachedUnit: { } unit })
        {
            rows.Add(new(unit, ShanghaiTime.MonthOf(at).Key, Ms(at), NoAnswer + (int)(s.UnreachedOutcome ?? CallOutcome.Unreachable), 0, excluded, s.BlamelessUnits.Contains(unit)));
        }

        return rows;
    }

    /// <summary>Added to why there was no answer: 4 unreachable, 5 refused, 6 wrong number, 7 no number.</summary>
    private const int NoAnswer = 2;

    private static long? OpenDue(TicketState s)
    {
        long? due = null;
        foreach (var d in s.Deadlines)
        {
            if (d.IsRunning && d.Clock is not (Clock.Return or Clock.Divert) && (due is null || Ms(d.DueAt) < due))
            {
                due = Ms(d.DueAt);
            }
        }

        return s.SuspendedUntil is { } end && (due is null || Ms(end) < due) ? Ms(end) : due;
    }

    private static Desk? DeskOf(TicketState s) => s.Status switch
    {
        TicketStatus.Triage or TicketStatus.AwaitingDispatch or TicketStatus.ReturnRequested => Desk.Dispatcher,
        TicketStatus.Supervised when s.AwaitsReview => Desk.Reviewer,
        TicketStatus.Supervised when s.Order!.Passed => Desk.OfficeDirector,
        TicketStatus.AwaitingAcceptance or TicketStatus.AwaitingContact or TicketStatus.AwaitingRework or TicketStatus.Supervised => Desk.Unit,
        TicketStatus.InProgress => s.Extension is null ? Desk.Unit : Desk.OfficeDirector,
        TicketStatus.Suspended => Desk.OfficeDirector,
        TicketStatus.AwaitingReview => Desk.Reviewer,
        TicketStatus.Closed => s.Open(Clock.Archive) is null ? null : Desk.Dispatcher,
        TicketStatus.Merged or TicketStatus.Declined => s.Open(Clock.AnswerCaller) is null ? null : Desk.Dispatcher,
        TicketStatus.AwaitingCallback => Desk.CallbackOfficer,
        TicketStatus.Diverted => s.Diversion is { Finished: false } || s.Open(Clock.AnswerCaller) is not null ? Desk.Dispatcher : null,
        _ => null,
    };

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();
}
