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
        var scored = IsScored(s);
        var reply = scored ? s.Last(Clock.Reply) : null;
        var first = s.Answers.Count > 0 ? s.Answers[0] : null;
        var step = TicketWork.Step(s);
        var unreached = first is null ? s.UnreachedAt : null;
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
            NextAlarmAt = s.OwesParent ? Ms(s.LastAt) : AlarmRules.Next(s) is { } next ? Ms(next.At) : null,
            AlarmLevel = (int)AlarmRules.Level(s),
            Work = step is null ? null : Codes.Of(step.Kind),
            WorkUnit = step?.Unit,
            WorkNotBy = step?.NotBy,
            ExtensionFor = TicketWork.ExtensionFor(s) is { } role ? Codes.Of(role) : null,
            ExtensionBy = s.Extension?.RequestedBy,
            ExclusionBy = TicketWork.ExclusionBy(s),
            CardUnit = TicketWork.CardUnit(s),
            Shard = TicketIdentity.Shard(s.Id),
            ScoreUnit = scored ? s.LeadUnit : null,
            ReplyMonth = reply is null ? null : ShanghaiTime.MonthOf(reply.DueAt).Key,
            ReplyDueAt = Ms(reply?.DueAt),
            RepliedAt = Ms(s.FirstReplyAt),
            RepliedOnTime = reply is not null && s.FirstReplyAt <= reply.DueAt,
            CompletedOnTime = reply is not null && s.PassedSubmissionAt <= reply.DueAt,
            ReplyHold = s.Status == TicketStatus.Suspended ? 2 : reply is { Compressed: true } ? 1 : 0,
            AnswerMonth = scored && first is not null ? ShanghaiTime.MonthOf(first.At).Key : null,
            Answer = first is null ? null : (int)s.Answers[^1].Satisfaction,
            FirstAnswer = first is null ? null : (int)first.Satisfaction,
            UnreachedMonth = scored && unreached is { } at ? ShanghaiTime.MonthOf(at).Key : null,
            AnsweredAt = scored ? Ms(first?.At) : null,
            UnreachedAt = scored ? Ms(unreached) : null,
            Excluded = s.Exclusion is { Approved: true },
            Blameless = s.Blameless,
        };
    }

    /// <summary>Supporting units score only on their own due.</summary>
    public static IReadOnlyList<SupportRow> Support(TicketState s)
    {
        if (s.Supporting.Count == 0 || !IsScored(s))
        {
            return [];
        }

        var rows = new List<SupportRow>();
        foreach (var unit in s.Supporting)
        {
            if (s.Deadlines.LastOrDefault(d => d.Clock == Clock.Support && d.Unit == unit.Unit) is { } due)
            {
                rows.Add(new(unit.Unit, ShanghaiTime.MonthOf(due.DueAt).Key, Ms(due.DueAt), Ms(unit.RepliedAt), unit.RepliedAt <= due.DueAt,
                    s.Exclusion is { Approved: true }, TicketWork.OwesSupport(s, unit)));
            }
        }

        return rows;
    }

    /// <summary>Diverted, declined, merged and transferred tickets are outside every measure; so is one withdrawn, and one that no unit holds.</summary>
    private static bool IsScored(TicketState s) =>
        s.LeadUnit is not null && s.CloseReason != CloseReason.Withdrawn
        && s.Status is not (TicketStatus.Diverted or TicketStatus.Declined or TicketStatus.Merged or TicketStatus.TransferredTo110);

    private static long? OpenDue(TicketState s)
    {
        long? due = null;
        foreach (var d in s.Deadlines)
        {
            if (d.IsOpen && d.Clock is not (Clock.Return or Clock.Divert) && (due is null || Ms(d.DueAt) < due))
            {
                due = Ms(d.DueAt);
            }
        }

        return s.Status == TicketStatus.Suspended ? null : due;
    }

    private static Desk? DeskOf(TicketState s) => s.Status switch
    {
        TicketStatus.Triage or TicketStatus.AwaitingDispatch or TicketStatus.ReturnRequested => Desk.Dispatcher,
        TicketStatus.AwaitingAcceptance or TicketStatus.AwaitingContact or TicketStatus.AwaitingRework or TicketStatus.Supervised => Desk.Unit,
        TicketStatus.InProgress => s.Extension is null ? Desk.Unit : Desk.OfficeDirector,
        TicketStatus.Suspended => Desk.OfficeDirector,
        TicketStatus.AwaitingReview => Desk.Reviewer,
        TicketStatus.AwaitingCallback => Desk.CallbackOfficer,
        TicketStatus.Diverted => s.Diversion is { Finished: false } ? Desk.Dispatcher : null,
        _ => null,
    };

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();
}
