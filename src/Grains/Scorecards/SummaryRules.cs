using System.Globalization;

namespace Hotline.Scorecards;

/// <summary>The explanation in at most five sentences that a busy reader understands.</summary>
internal static class SummaryRules
{
    public static string NameOf(MeasureKind measure) => measure switch
    {
        MeasureKind.Reply => "回复率",
        MeasureKind.Completion => "办结率",
        _ => "满意率",
    };

    public static IReadOnlyList<string> Of(ExplainedUnit unit, PositionExplanation position, IReadOnlyList<TicketLoss> losses, IReadOnlyList<TicketCost> costs)
    {
        string?[] sentences = [Place(unit, position), Lost(unit, losses), Dearest(costs, losses), Around(position), unit.LaterFacts ?? Excluded(unit)];
        return [.. sentences.OfType<string>()];
    }

    /// <summary>How a figure comes about, in one sentence.</summary>
    public static string Formed(ExplainedUnit unit, MeasureKind measure)
    {
        var (counts, due, answers) = (unit.Place.Entry.Counts, unit.Counts.Reply, unit.Counts.Answers);
        if (measure != MeasureKind.Satisfaction)
        {
            var what = measure == MeasureKind.Reply ? Text($"按期答复 {due.Replied} 件") : Text($"按期答复并通过审核 {due.Completed} 件");
            return Text($"本月应答复 {due.Due} 件，{what}") + Aside(OutsideRules.Named(counts.Outside));
        }

        var basically = answers.BasicallySatisfied == 0 ? "基本满意 0 件" : Text($"基本满意 {answers.BasicallySatisfied} 件（每件按 {LeagueBodyRules.Canonical(unit.Policy.BasicallySatisfiedValue)} 件计）");
        return Text($"有效回访 {answers.Effective} 件，满意 {answers.Satisfied} 件，{basically}，不满意 {answers.Dissatisfied} 件")
            + Aside(("剔除", unit.Row.SatisfactionRate.Excluded), ("未联系上", unit.Counts.Unreached.Total));
    }

    private static string Place(ExplainedUnit unit, PositionExplanation position)
    {
        var head = Text($"{unit.Row.Unit.Name}{unit.Table.Month.Year}年{unit.Table.Month.Number}月");
        var score = unit.Row.Score is { } s ? Text($"综合分 {s:0.00}") : "没有综合分";
        return position.Rank is { } rank
            ? head + score + Text($"，{(position.TiedWith.Count > 0 ? "并列" : "排")}第 {rank} 名（共 {position.RankedUnits} 个参评单位）。")
            : Text($"{head}{score}，不参加排名：{position.NotRankedReason}。");
    }

    private static string? Lost(ExplainedUnit unit, IReadOnlyList<TicketLoss> losses)
    {
        var parts = LossRules.Measures(unit.Counts, unit.Policy).Where(m => m.Lost is not null && m.Lost > Fraction.Zero)
            .OrderByDescending(m => m.Lost!).Select(m => Text($"{NameOf(m.Kind)}扣 {Two(m.Lost!)} 分（{Whose(m.Kind, losses)}）")).ToArray();
        return (parts.Length, unit.Row.Score) switch
        {
            ( > 0, _) => $"主要失分：{string.Join("，", parts)}。",
            (_, not null) => "各项指标没有失分。",
            _ => null,
        };
    }

    private static string Whose(MeasureKind measure, IReadOnlyList<TicketLoss> losses)
    {
        var own = losses.Where(l => l.Measure == measure).ToArray();
        if (measure != MeasureKind.Satisfaction)
        {
            return Text($"{own.Length} 件未按期{(measure == MeasureKind.Reply ? "答复" : "办结")}");
        }

        var (bad, basically) = (own.Count(l => l.Ticket.Answer == 3), own.Count(l => l.Ticket.Answer == 2));
        string?[] parts = [bad > 0 ? Text($"{bad} 件不满意") : null, basically > 0 ? Text($"{basically} 件基本满意") : null];
        return string.Join("、", parts.OfType<string>());
    }

    /// <summary>The one ticket that mattered most.</summary>
    private static string? Dearest(IReadOnlyList<TicketCost> costs, IReadOnlyList<TicketLoss> losses)
    {
        if (costs is not [{ Points: { } points } first, ..])
        {
            return null;
        }

        var kinds = losses.Where(l => l.Ticket.Id == first.Id).Select(l => l.Measure).ToHashSet();
        return (first.PlacesLost, first.RankIfGood) switch
        {
            ( > 0, { } rank) => Text($"若第 {first.ExternalNo} 号工单{Better(kinds)}，名次为第 {rank}。"),
            (0, _) => Text($"单独一件工单改变不了名次，失分最多的是第 {first.ExternalNo} 号工单（{points:0.00} 分）。"),
            _ => Text($"失分最多的是第 {first.ExternalNo} 号工单（{points:0.00} 分）。"),
        };
    }

    private static string Better(HashSet<MeasureKind> lost)
    {
        var (reply, completion) = (lost.Contains(MeasureKind.Reply), lost.Contains(MeasureKind.Completion));
        var intime = (reply, completion) switch { (true, true) => "按期答复并办结", (true, _) => "按期答复", (_, true) => "按期办结", _ => null };
        return string.Join("且", new[] { intime, lost.Contains(MeasureKind.Satisfaction) ? "群众满意" : null }.OfType<string>());
    }

    private static string? Around(PositionExplanation position)
    {
        string?[] parts =
        [
            position.Better is { } better ? Text($"比前一名{better.Unit.Name}少 {Two(better.Gap, true)} 分") : null,
            position.Worse is { } worse ? Text($"比后一名{worse.Unit.Name}多 {Two(worse.Gap, true)} 分") : null,
            position.BottomThreeReason is null ? null : Text($"列后三位，已连续 {position.BottomThreeStreak} 个月"),
        ];
        var text = string.Join("，", parts.OfType<string>());
        return text.Length == 0 ? null : text + "。";
    }

    private static string? Excluded(ExplainedUnit unit)
    {
        var excluded = unit.Tickets.Count(t => t.Excluded && t.CountsIn(unit.Table.Month, unit.Table.AsOf) != UnitCounts.None);
        return excluded == 0 || unit.Row.ScoreWithExcluded is not { } with ? null : Text($"另有 {excluded} 件经批准剔除，不剔除时综合分为 {with:0.00}。");
    }

    private static string Aside(params ReadOnlySpan<(string Name, int Count)> left)
    {
        List<string> parts = [];
        foreach (var (name, count) in left)
        {
            if (count > 0)
            {
                parts.Add(Text($"{name} {count} 件"));
            }
        }

        return parts.Count == 0 ? "。" : $"；另有{string.Join("、", parts)}，不计入。";
    }

    /// <summary>A loss that is there is never shown as none.</summary>
    private static string Two(Fraction points) => Two(points.Rounded(2), points > Fraction.Zero);

    private static string Two(decimal shown, bool isThere) =>
        shown < 0.005m && isThere ? "不到 0.01" : shown.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
