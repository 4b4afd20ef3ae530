using System.Numerics;
using Hotline.Policies;

namespace Hotline.Rules.Tests.Scorecards;

/// <summary>A second reckoning of a month's table, written apart from the product and as simply as it goes: ticket by ticket,
/// whole numbers only, every rule spelled out with a loop. Scores are numerator over denominator.</summary>
internal sealed class ReferenceTable(int month, IReadOnlyList<string> units, IReadOnlyList<Fact> facts, ScoringPolicy policy)
{
    private const int Million = 1_000_000;

    public sealed class Line
    {
        public string Unit = "";
        public int Due, Replied, Completed, Satisfied, Basically, Dissatisfied, FirstSatisfied, Unreached, ExcludedReplies, Compressed, Suspended;
        public int DueWithExcluded, SatisfiedWithExcluded, AnswersWithExcluded;
        public BigInteger Top, Bottom;
        public int Rank;
        public bool Ranked, Last, Criticised, BottomThree, Commended;

        public int Answers => Satisfied + Basically + Dissatisfied;
    }

    public List<Line> Lines()
    {
        var lines = new List<Line>();
        foreach (var unit in units)
            lines.Add(Count(unit));
        foreach (var line in lines)
            Score(line);
        foreach (var line in lines)
            line.Ranked = line.Bottom != 0 && line.Answers >= policy.MinEffectiveCallbacks;
        foreach (var line in lines)
            Place(line, lines.FindAll(l => l.Ranked));
        lines.Sort(Order);
        return lines;
    }

    private Line Count(string unit)
    {
        var line = new Line { Unit = unit };
        foreach (var f in facts)
        {
            if (f.Unit != unit)
                continue;
            if (f.ReplyMonth == month)
            {
                if (f.Excluded) line.ExcludedReplies++;
                else if (f.Suspended) line.Suspended++;
                else if (f.Compressed) line.Compressed++;
                else
                {
                    line.Due++;
                    if (f.Replied) line.Replied++;
                    if (f.Completed) line.Completed++;
                }
                if (!f.Suspended && !f.Compressed) line.DueWithExcluded++;
            }
            if (f.AnswerMonth == month)
            {
                line.AnswersWithExcluded++;
                if (f.LastAnswer == 1) line.SatisfiedWithExcluded++;
                if (!f.Excluded && f.LastAnswer == 1) line.Satisfied++;
                if (!f.Excluded && f.LastAnswer == 2) line.Basically++;
                if (!f.Excluded && f.LastAnswer == 3) line.Dissatisfied++;
                if (!f.Excluded && f.FirstAnswer == 1) line.FirstSatisfied++;
            }
            if (f.UnreachedMonth == month && !f.Excluded)
                line.Unreached++;
        }
        return line;
    }

    /// <summary>Everything is brought to whole numbers: weights and β in millionths, rates over the product of the denominators.</summary>
    private void Score(Line line)
    {
        BigInteger wr = (long)(policy.Weights.Reply * Million), wc = (long)(policy.Weights.Completion * Million), ws = (long)(policy.Weights.Satisfaction * Million);
        BigInteger beta = (long)(policy.BasicallySatisfiedValue * Million);
        BigInteger answered = (line.Satisfied * (BigInteger)Million) + (line.Basically * beta);
        if (line.Due > 0 && line.Answers > 0)
        {
            line.Top = ((((wr * line.Replied) + (wc * line.Completed)) * line.Answers * Million) + (ws * answered * line.Due)) * 100;
            line.Bottom = (wr + wc + ws) * line.Due * line.Answers * Million;
        }
        else if (line.Due > 0)
        {
            line.Top = ((wr * line.Replied) + (wc * line.Completed)) * 100;
            line.Bottom = (wr + wc) * line.Due;
        }
        else if (line.Answers > 0)
        {
            line.Top = ws * answered * 100;
            line.Bottom = ws * line.Answers * Million;
        }
    }

    private void Place(Line line, List<Line> ranked)
    {
        line.Commended = line.Satisfied == line.Answers && line.Answers >= policy.Commendation.MinEffectiveCallbacks
            && (BigInteger)line.Answers * Million >= (BigInteger)(long)(policy.Commendation.MinEffectiveRate * Million) * (line.Answers + line.Unreached);
        if (!line.Ranked)
            return;
        int above = 0, below = 0;
        foreach (var other in ranked)
        {
            if (Compare(other, line) > 0) above++;
            if (Compare(other, line) < 0) below++;
        }
        line.Rank = above + 1;
        var allEqual = ranked.TrueForAll(o => Compare(o, ranked[0]) == 0);
        line.Last = ranked.Count >= policy.MinRankedForLast && !allEqual && below == 0;
        line.Criticised = line.Last && !Exempt(line, ranked);
        var fullMarks = line.Top == line.Bottom * 100;
        line.BottomThree = ranked.Count >= policy.MinRankedForBottomThree && !allEqual && below < policy.BottomCount && !fullMarks;
    }

    private bool Exempt(Line line, List<Line> ranked)
    {
        var sorted = new List<Line>(ranked);
        sorted.Sort(Compare);
        Line a = sorted[(sorted.Count - 1) / 2], b = sorted[sorted.Count / 2];
        // median = (a + b) / 2; the gap is median - line, all over one denominator
        var top = (a.Top * b.Bottom * line.Bottom) + (b.Top * a.Bottom * line.Bottom) - (2 * line.Top * a.Bottom * b.Bottom);
        var bottom = 2 * a.Bottom * b.Bottom * line.Bottom;
        BigInteger least = (long)(policy.LastExemption.MinScore * Million), gap = (long)(policy.LastExemption.WithinMedian * Million);
        return line.Top * Million >= least * line.Bottom && top * Million <= gap * bottom;
    }

    private static int Compare(Line a, Line b) => (a.Top * b.Bottom).CompareTo(b.Top * a.Bottom);

    private static int Order(Line a, Line b)
    {
        if (a.Ranked != b.Ranked)
            return a.Ranked ? -1 : 1;
        if (a.Ranked && a.Rank != b.Rank)
            return a.Rank - b.Rank;
        return string.CompareOrdinal(a.Unit, b.Unit);
    }
}
