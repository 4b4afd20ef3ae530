using System.Globalization;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>What of a ticket's story a sentence needs beyond the counts.</summary>
/// <param name="PassedAt">When the submission was made that later passed review.</param>
/// <param name="AwaitsReview">A submission lies with the reviewer.</param>
/// <param name="Answers">Effective callbacks so far.</param>
/// <param name="Lead">Whose reply passed or awaits review; null for whoever is asked about.</param>
internal sealed record TicketStory(DateTimeOffset? PassedAt, bool AwaitsReview, CallOutcome? Unreached, int Answers, string? Lead = null)
{
    public static TicketStory None { get; } = new(null, false, null, 0);

    public static TicketStory Of(TicketState s) =>
        new(s.PassedSubmissionAt, s.Status == TicketStatus.AwaitingReview && s.PassedSubmissionAt is null, s.UnreachedOutcome, s.Answers.Count, s.LeadUnit);
}

/// <summary>Why a ticket cost points or does not count, in plain Chinese.</summary>
internal static class ReasonRules
{
    public const string Excluded = "已批准剔除";

    /// <summary>Why it cost points in this measure.</summary>
    public static string Lost(MeasureKind measure, ScoredTicket ticket, TicketStory story, decimal basicallySatisfiedValue) => measure switch
    {
        MeasureKind.Satisfaction => Dissatisfied(ticket, story, basicallySatisfiedValue),
        _ when ticket.IsSupport => Late("协办意见", ticket.DueAt, ticket.RepliedAt) ?? "到期未给出协办意见",
        MeasureKind.Reply => Late("答复", ticket.DueAt, ticket.RepliedAt) ?? "到期未答复",
        _ => Unfinished(ticket, story),
    };

    /// <summary>Why it is outside reply and completion; null when it is inside.</summary>
    public static string? OutsideDue(ScoredTicket ticket) => ticket.End >= ObligationEnd.Withdrawn ? Ended(ticket.End) + "，不计入回复率、办结率"
        : ticket.Excluded ? Excluded : ticket.End switch
        {
            ObligationEnd.Compressed => "因上级时限压缩，不计入回复率、办结率",
            ObligationEnd.Suspended => "挂起期间，不计入回复率、办结率",
            _ => null,
        };

    private static string Ended(ObligationEnd end) => end switch
    {
        ObligationEnd.Withdrawn => "到期前已撤单",
        ObligationEnd.Recalled => "到期前已收回",
        ObligationEnd.HandedBack => "退单已获同意",
        ObligationEnd.Transferred => "到期前已转110",
        ObligationEnd.Diverted => "已分流",
        ObligationEnd.StandsStill => "退单待审，停止计时",
        _ => "主办单位的答复已先通过，无须协办意见",
    };

    /// <summary>Why it is outside satisfaction.</summary>
    public static string OutsideSatisfaction(ScoredTicket ticket, TicketStory story) => ticket.Excluded ? Excluded : story.Unreached switch
    {
        CallOutcome.Refused => "群众拒绝评价，不计入满意率",
        CallOutcome.WrongNumber => "电话号码有误，不计入满意率",
        CallOutcome.NoNumber => "没有留下号码，不计入满意率",
        _ => "回访未接通，不计入满意率",
    };

    /// <summary>How long, in the two largest units that are not zero.</summary>
    public static string Length(TimeSpan span)
    {
        var (days, hours, minutes) = (span.Days, span.Hours, span.Minutes);
        return (days, hours, minutes) switch
        {
            (0, 0, 0) => "不足 1 分钟",
            (0, 0, _) => Text($"{minutes} 分钟"),
            (0, _, 0) => Text($"{hours} 小时"),
            (0, _, _) => Text($"{hours} 小时 {minutes} 分钟"),
            (_, 0, _) => Text($"{days} 天"),
            _ => Text($"{days} 天 {hours} 小时"),
        };
    }

    private static string Unfinished(ScoredTicket ticket, TicketStory story)
    {
        if (story.Lead is { } lead && lead != ticket.Unit)
        {
            return ticket.RepliedAt is null ? "到期未办结" : "未通过审核";
        }

        if (story.PassedAt is { } passed)
        {
            return Late("办结", ticket.DueAt, passed) ?? "未按期办结";
        }

        if (ticket.RepliedAt is null)
        {
            return "到期未办结";
        }

        return story.AwaitsReview ? "尚未通过审核" : "未通过审核";
    }

    private static string Dissatisfied(ScoredTicket ticket, TicketStory story, decimal basicallySatisfiedValue)
    {
        if (ticket.Answer == 2)
        {
            return Text($"群众回访基本满意，按 {LeagueBodyRules.Canonical(basicallySatisfiedValue)} 件计");
        }

        var again = story.Answers > 1 ? "重办后群众回访仍不满意" : "群众回访不满意";
        return ticket.Blameless ? again + "（已认定无责，评价照计）" : again;
    }

    private static string? Late(string what, DateTimeOffset? due, DateTimeOffset? at) => at > due ? $"{what}超期 {Length((at - due).Value)}" : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
