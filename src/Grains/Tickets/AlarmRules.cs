using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>Yellow card, red card, escalation (黄牌、红牌、升级): each once per promise, never before its instant.
/// The return and diversion clocks only bound a command and raise no alarm; nothing fires for a clock that stands still.</summary>
internal static class AlarmRules
{
    /// <summary>The next alarm of the ticket and its instant, or null when none is armed.</summary>
    public static (AlarmFired Alarm, DateTimeOffset At)? Next(TicketState s)
    {
        (AlarmFired Alarm, DateTimeOffset At)? next = null;
        foreach (var deadline in s.Deadlines)
        {
            if (deadline.IsRunning && Next(deadline) is { } armed && (next is not { } first || armed.At < first.At))
            {
                next = (new AlarmFired(deadline.Clock, deadline.Unit, armed.Level, deadline.DueAt, armed.At, Recipient(deadline, armed.Level), false), armed.At);
            }
        }

        return next;
    }

    /// <summary>When the ticket must next be looked at: an alarm, or the end of a suspension.</summary>
    public static DateTimeOffset? NextAt(TicketState s) => Next(s)?.At is { } alarm && (s.SuspendedUntil is not { } end || alarm < end) ? alarm : s.SuspendedUntil;

    private static (AlarmLevel Level, DateTimeOffset At)? Next(Deadline d)
    {
        if (d.Clock is Clock.Return or Clock.Divert)
        {
            return null;
        }

        return d.Fired switch
        {
            AlarmLevel.None when d.YellowAt is { } yellow => (AlarmLevel.Yellow, yellow),
            AlarmLevel.None or AlarmLevel.Yellow => (AlarmLevel.Red, d.DueAt),
            AlarmLevel.Red when d.EscalateAt is { } escalate => (AlarmLevel.Escalated, escalate),
            _ => null,
        };
    }

    /// <summary>A unit's red card goes to its head, its escalation to the deputy chief; the centre's own clocks go to the office director.</summary>
    private static Role Recipient(Deadline d, AlarmLevel level) => (d.Unit, level) switch
    {
        (null, AlarmLevel.Yellow) => d.Clock switch
        {
            Clock.Review => Role.Reviewer,
            Clock.Callback => Role.CallbackOfficer,
            Clock.ExtensionDecision or Clock.SuspensionDecision or Clock.ExclusionDecision => Role.OfficeDirector,
            _ => Role.Dispatcher,
        },
        (null, _) => Role.OfficeDirector,
        (_, AlarmLevel.Escalated) => Role.DeputyChief,
        (_, AlarmLevel.Red) => Role.UnitHead,
        _ => Role.UnitHandler,
    };

    /// <summary>What people call a level.</summary>
    public static string NameOf(AlarmLevel level) => level switch
    {
        AlarmLevel.Yellow => "黄牌",
        AlarmLevel.Red => "红牌",
        AlarmLevel.Escalated => "升级",
        _ => "无预警",
    };

    /// <summary>Whom an alarm told, as people say it.</summary>
    public static string NameOf(AlarmFired alarm) => (alarm.Recipient, alarm.Level) switch
    {
        (Role.UnitHandler, _) => "办理单位",
        (Role.UnitHead, _) => "单位负责人",
        (Role.DeputyChief, _) => "分管副局长",
        (Role.OfficeDirector, _) => "办公室主任",
        (Role.Reviewer, _) => "审核员",
        (Role.CallbackOfficer, _) => "回访员",
        _ => "派单员",
    };

    /// <summary>The highest level fired among the open promises.</summary>
    public static AlarmLevel Level(TicketState s)
    {
        var level = AlarmLevel.None;
        foreach (var d in s.Deadlines)
        {
            level = d.IsOpen && d.Fired > level ? d.Fired : level;
        }

        return level;
    }
}
