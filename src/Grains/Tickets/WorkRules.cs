using Hotline.Shared;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>Why a ticket is in somebody's work.</summary>
public enum WorkReason
{
    /// <summary>待办: it stands on the desk.</summary>
    Desk = 1,
    /// <summary>红牌: a clock of the unit, or of the centre, is overdue.</summary>
    RedCard = 2,
    /// <summary>升级: still overdue a working day later.</summary>
    Escalation = 3,
}

/// <summary>A kind of ticket that waits for an actor.</summary>
/// <param name="Units">Only these lead units; null for all.</param>
/// <param name="AtLeast">Only from this alarm level on.</param>
internal sealed record WorkClaim(WorkReason Reason, Desk Desk, IReadOnlyList<string>? Units, AlarmLevel AtLeast = AlarmLevel.None);

/// <summary>我的待办: what waits for whom, and what to do about it.</summary>
internal static class WorkRules
{
    private static readonly Desk[] CentreDesks = [Desk.Dispatcher, Desk.Reviewer, Desk.CallbackOfficer];

    /// <summary>What waits for this actor. Somebody of a unit is never shown another unit's tickets.</summary>
    public static IReadOnlyList<WorkClaim> Claims(Actor actor, IReadOnlyList<Unit> units)
    {
        List<WorkClaim> claims = [];
        IReadOnlyList<string>? own = actor.Unit is { } unit ? [unit] : null;
        void Desks(Role role, params ReadOnlySpan<Desk> desks)
        {
            foreach (var desk in actor.Has(role) ? desks : [])
            {
                claims.Add(new(WorkReason.Desk, desk, own));
            }
        }

        Desks(Role.Dispatcher, Desk.Dispatcher);
        Desks(Role.Reviewer, Desk.Reviewer);
        Desks(Role.CallbackOfficer, Desk.CallbackOfficer);
        Desks(Role.OfficeDirector, Desk.OfficeDirector);
        if (own is not null)
        {
            Desks(Role.UnitHandler, Desk.Unit);
            return claims;
        }
        if (actor.Has(Role.OfficeDirector))
        {
            claims.AddRange(CentreDesks.Select(desk => new WorkClaim(WorkReason.RedCard, desk, null, AlarmLevel.Red)));
        }
        Named(claims, WorkReason.RedCard, AlarmLevel.Red, [.. units.Where(u => u.Head == actor.Id).Select(u => u.Code)]);
        Named(claims, WorkReason.Escalation, AlarmLevel.Escalated, [.. units.Where(u => u.DeputyChief == actor.Id).Select(u => u.Code)]);
        return claims;
    }

    /// <summary>What to do and by when, for the person who reads it.</summary>
    public static string ToDo(WorkReason reason, TicketStatus status, Desk desk, DateTimeOffset? dueAt, DateTimeOffset now)
    {
        var task = reason switch
        {
            WorkReason.RedCard => $"已亮红牌，请督促尽快办理（{TicketNames.Of(status)}）",
            WorkReason.Escalation => $"超期升级，请分管领导过问（{TicketNames.Of(status)}）",
            _ => Task(status, desk),
        };
        return dueAt is not { } due ? $"{task}。" : due < now ? $"{task}，时限{When(due, now)}，已超期。" : $"{task}，请在{When(due, now)}前完成。";
    }

    private static string Task(TicketStatus status, Desk desk) => status switch
    {
        TicketStatus.Triage => "请甄别并派单，或分流、告知不受理、转110",
        TicketStatus.AwaitingDispatch => "请派单",
        TicketStatus.AwaitingAcceptance => "请签收，或申请退单",
        TicketStatus.ReturnRequested => "请审定退单申请",
        TicketStatus.AwaitingContact => "请联系诉求人",
        TicketStatus.InProgress when desk == Desk.OfficeDirector => "请审批延期申请",
        TicketStatus.InProgress => "请办理并提交答复",
        TicketStatus.Suspended => "请复核挂起事由，条件具备时恢复办理",
        TicketStatus.AwaitingReview => "请审核答复",
        TicketStatus.AwaitingCallback => "请回访诉求人",
        TicketStatus.AwaitingRework => "请组织重办",
        TicketStatus.Supervised => "请办理督办单",
        TicketStatus.Diverted => "请跟踪分流结果",
        _ => "请处理",
    };

    private static void Named(List<WorkClaim> claims, WorkReason reason, AlarmLevel level, IReadOnlyList<string> units)
    {
        if (units.Count > 0)
        {
            claims.Add(new(reason, Desk.Unit, units, level));
            claims.Add(new(reason, Desk.OfficeDirector, units, level));
        }
    }

    private static string When(DateTimeOffset at, DateTimeOffset now)
    {
        var (day, time) = (ShanghaiTime.DateOf(at), ShanghaiTime.TimeOf(at));
        var year = day.Year == ShanghaiTime.DateOf(now).Year ? "" : $"{day.Year}年";
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{year}{day.Month}月{day.Day}日{time:HH\\:mm}");
    }
}
