using System.Text.Json.Serialization;
using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>待办的种类: what somebody has to do with a ticket now.</summary>
[JsonConverter(typeof(CodeEnumConverter<WorkKind>))]
public enum WorkKind
{
    /// <summary>甄别派单</summary>
    Triage = 1,
    /// <summary>确认分流: a second person.</summary>
    ConfirmDivert = 2,
    /// <summary>派单</summary>
    Dispatch = 3,
    /// <summary>审定退单</summary>
    DecideReturn = 4,
    /// <summary>跟进分流</summary>
    FollowDiversion = 5,
    /// <summary>签收</summary>
    Accept = 6,
    /// <summary>联系诉求人</summary>
    Contact = 7,
    /// <summary>办理答复</summary>
    Reply = 8,
    /// <summary>重办</summary>
    Rework = 9,
    /// <summary>督办办理</summary>
    Supervised = 10,
    /// <summary>协办意见</summary>
    SupportReply = 11,
    /// <summary>审核答复: not one's own.</summary>
    Review = 12,
    /// <summary>回访</summary>
    Callback = 13,
    /// <summary>审批延期: not by the applicant; the second one by the deputy chief.</summary>
    DecideExtension = 14,
    /// <summary>恢复办理</summary>
    Resume = 15,
    /// <summary>决定剔除: not by the applicant.</summary>
    DecideExclusion = 16,
    /// <summary>督促超期: red cards of the centre's clocks, escalations of the units'.</summary>
    Overdue = 17,
    /// <summary>确认撤单: a second person.</summary>
    ConfirmWithdrawal = 18,
    /// <summary>确认更正: a second person.</summary>
    ConfirmCorrection = 19,
    /// <summary>审批挂起: not by the applicant.</summary>
    DecideSuspension = 20,
    /// <summary>确认并单: a second person.</summary>
    ConfirmMerge = 21,
    /// <summary>答复诉求人 of a merged, declined or diverted ticket.</summary>
    AnswerCaller = 22,
    /// <summary>归档</summary>
    Archive = 23,
    /// <summary>督办单销号</summary>
    CloseOrder = 24,
    /// <summary>本单位超期: the red cards of a unit, for its head.</summary>
    UnitOverdue = 25,
}

/// <summary>The next step of a ticket.</summary>
/// <param name="Unit">Whose step: a unit's code, or empty for the centre.</param>
/// <param name="NotBy">Who may not take it: the person whose act it decides on.</param>
internal sealed record TicketStep(WorkKind Kind, string Unit, string? NotBy = null);

/// <summary>Reads from a ticket what has to be done, as the index keeps it.</summary>
internal static class TicketWork
{
    /// <summary>The work of the centre.</summary>
    public const string Centre = "";

    /// <summary>The next step on the ticket's way, or null at its end. What waits for a second person beside it is in <see cref="TicketState.Asked"/>.</summary>
    public static TicketStep? Step(TicketState s) => s.Status switch
    {
        TicketStatus.Triage => new(WorkKind.Triage, Centre),
        TicketStatus.AwaitingDispatch => new(WorkKind.Dispatch, Centre),
        TicketStatus.ReturnRequested => new(WorkKind.DecideReturn, Centre),
        TicketStatus.AwaitingAcceptance => new(WorkKind.Accept, s.LeadUnit!),
        TicketStatus.AwaitingContact => new(WorkKind.Contact, s.LeadUnit!),
        TicketStatus.InProgress => new(WorkKind.Reply, s.LeadUnit!),
        TicketStatus.AwaitingRework => new(WorkKind.Rework, s.LeadUnit!),
        TicketStatus.Supervised when s.AwaitsReview => new(WorkKind.Review, Centre, s.Submission?.Author),
        TicketStatus.Supervised when s.Order!.Passed => new(WorkKind.CloseOrder, Centre),
        TicketStatus.Supervised => new(WorkKind.Supervised, s.LeadUnit!),
        TicketStatus.Suspended => new(WorkKind.Resume, Centre),
        TicketStatus.AwaitingReview => new(WorkKind.Review, Centre, s.Submission?.Author),
        TicketStatus.AwaitingCallback => new(WorkKind.Callback, Centre, s.Submission?.Author),
        TicketStatus.Diverted or TicketStatus.Merged or TicketStatus.Declined when s.Open(Clock.AnswerCaller) is not null => new(WorkKind.AnswerCaller, Centre),
        TicketStatus.Diverted => s.Diversion is { Finished: false } ? new(WorkKind.FollowDiversion, Centre) : null,
        TicketStatus.Closed => s.Open(Clock.Archive) is null ? null : new(WorkKind.Archive, Centre),
        _ => null,
    };

    /// <summary>Who has to decide on a pending extension (延期): the second one needs the deputy chief.</summary>
    public static Role? ExtensionFor(TicketState s) =>
        s is { Status: TicketStatus.InProgress, Extension: not null } ? s.ExtensionsApproved > 0 ? Role.DeputyChief : Role.OfficeDirector : null;

    /// <summary>Who asked for the exclusion (剔除) that waits for a decision.</summary>
    public static string? ExclusionBy(TicketState s) => s.Exclusion is { Approved: null } asked ? asked.RequestedBy : null;

    /// <summary>Who decides on it: what was refused once the deputy chief.</summary>
    public static Role? ExclusionFor(TicketState s) =>
        s.Exclusion is { Approved: null } asked ? asked.Times > 1 ? Role.DeputyChief : Role.OfficeDirector : null;

    /// <summary>Whose open promise has the highest red card or escalation: a unit's code, empty for the centre, null when there is none.</summary>
    public static string? CardUnit(TicketState s)
    {
        Deadline? worst = null;
        foreach (var d in s.Deadlines)
        {
            worst = d.IsRunning && d.Fired >= AlarmLevel.Red && d.Fired > (worst?.Fired ?? AlarmLevel.None) ? d : worst;
        }

        return worst is null ? null : worst.Unit ?? Centre;
    }
}
