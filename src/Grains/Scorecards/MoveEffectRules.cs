using System.Globalization;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Scorecards;

/// <summary>The table that moves are held against.</summary>
/// <param name="Ranking">Its exact places.</param>
internal sealed record MonthInPlay(Month Month, DateTimeOffset AsOf, ScoringPolicy Policy, LeagueRanking Ranking)
{
    private readonly Dictionary<string, (LeagueRow Row, OtherPlaces Places)> _units = Ranking.Rows.ToDictionary(r => r.Entry.Unit.Code,
        r => (r, new OtherPlaces(Ranking.Rows, r.Entry.Unit, Policy)), StringComparer.Ordinal);

    public bool Has(string unit) => _units.ContainsKey(unit);

    public LeagueRow RowOf(string unit) => _units[unit].Row;

    public OtherPlaces PlacesOf(string unit) => _units[unit].Places;
}

/// <summary>A decision with what it did to the unit's row.</summary>
/// <param name="Points">Exact: the score minus the score the other way; null when either does not exist.</param>
/// <param name="Places">The rank the other way minus the rank; null when either does not exist.</param>
/// <param name="Number">Tells the lines of one ticket apart, in its order.</param>
internal sealed record WeighedMove(TicketMove Move, Fraction? Points, int? Places, int Number);

/// <summary>One page of a table's moves.</summary>
internal sealed record MovePage(IReadOnlyList<WeighedMove> Rows, string? Next);

/// <summary>What decisions did to points and places: the unit's counts minus what its row counts for, plus what it would count for the
/// other way; everybody else as they are.</summary>
internal static class MoveEffectRules
{
    private const int PointDecimals = 6;
    private const decimal Micro = 1_000_000m;

    private static readonly Dictionary<MoveKind, string> Names = new()
    {
        [MoveKind.ExtensionApproved] = "同意延期",
        [MoveKind.ExtensionRefused] = "不同意延期",
        [MoveKind.Suspended] = "挂起",
        [MoveKind.ReturnRejected] = "驳回退单",
        [MoveKind.ReturnUpheld] = "同意退单",
        [MoveKind.Recalled] = "收回派单",
        [MoveKind.Withdrawn] = "撤单",
        [MoveKind.WithdrawalRefused] = "不同意撤单",
        [MoveKind.TransferredTo110] = "转110",
        [MoveKind.Diverted] = "分流",
        [MoveKind.DispatchedAgain] = "再次派给同一单位",
        [MoveKind.Corrected] = "更正诉求性质或紧急程度",
        [MoveKind.CorrectionRefused] = "不同意更正",
        [MoveKind.ChildMerged] = "并入工单使时限提前",
        [MoveKind.Recomputed] = "按日历更正时限",
        [MoveKind.ReplyVoid] = "认定答复无效",
        [MoveKind.NotNeeded] = "无须协办意见",
        [MoveKind.ExclusionApproved] = "同意剔除",
        [MoveKind.ExclusionRefused] = "不同意剔除",
        [MoveKind.ExclusionRevoked] = "撤销剔除",
        [MoveKind.Blameless] = "认定无责",
    };

    public static string NameOf(MoveKind kind) => Names[kind];

    /// <summary>One ticket's decisions that bear on the table.</summary>
    public static IEnumerable<WeighedMove> Weigh(IReadOnlyList<TicketMove> moves, MonthInPlay table, string? unit) =>
        moves.Where(m => (unit is null || m.Unit == unit) && table.Has(m.Unit) && m.IsIn(table.Month)).Select((m, i) => Weigh(m, i, table));

    /// <summary>The greatest effect on points first, whichever way; then by time and ticket.</summary>
    public static IReadOnlyList<WeighedMove> InOrder(IEnumerable<WeighedMove> moves) =>
        [.. moves.OrderByDescending(Weight).ThenBy(m => m.Move.Decided.At).ThenBy(m => m.Move.Ticket, StringComparer.Ordinal)
            .ThenBy(m => m.Number)];

    /// <summary>A page of them. A cursor of another question is refused (<c>cursor.invalid</c>).</summary>
    public static Result<MovePage> Page(IReadOnlyList<WeighedMove> moves, string question, int limit, string? cursor)
    {
        if (!ListPlace.TryRead(cursor, question, out var after))
        {
            return ListPlace.Invalid;
        }

        var left = after is null ? moves : [.. moves.Where(m => LiesAfter(m, after))];
        var next = left.Count > limit ? PlaceOf(left[limit - 1]).Write(question) : null;
        return new MovePage([.. left.Take(limit)], next);
    }

    /// <summary>As it is shown, without texts. A month is named only where the other way has another one.</summary>
    public static LeagueMove Line(WeighedMove weighed, MonthInPlay table)
    {
        var move = weighed.Move;
        var (now, otherwise) = (move.Owed?.Owed.Month, move.OwedOtherwise?.Owed.Month);
        var isMoved = now is not null && otherwise is not null && now != otherwise;
        var role = move.Support ? ObligationRole.Support : ObligationRole.Lead;
        return new(move.Ticket, move.Number, null, new(move.Unit, table.RowOf(move.Unit).Entry.Unit.Name), role, move.Kind,
            NameOf(move.Kind), move.Decided.Actor, move.Asked?.Actor, move.Decided.At, null, null, move.DueFrom, move.DueTo,
            isMoved ? new Month(now!.Value) : null, isMoved ? new Month(otherwise!.Value) : null,
            ExplainRules.Points(weighed.Points), weighed.Places);
    }

    public static MoveSummary Summary(IReadOnlyList<WeighedMove> moves)
    {
        var kinds = moves.GroupBy(m => m.Move.Kind).OrderBy(k => k.Key).Select(k => new MoveCount(k.Key, NameOf(k.Key), k.Count()))
            .ToArray();
        var (points, places) = (moves.Count(m => Weight(m) > 0), moves.Count(m => m.Places is not (null or 0)));
        return new(moves.Count, kinds, moves.Count == 0 ? "没有任何决定改变过或者本来会改变本月的数字。"
            : string.Create(CultureInfo.InvariantCulture, $"共 {moves.Count} 项决定，其中 {points} 项影响综合分，{places} 项影响名次。"));
    }

    private static WeighedMove Weigh(TicketMove move, int number, MonthInPlay table)
    {
        var row = table.RowOf(move.Unit);
        var otherwise = row.Entry.Counts.Counted - Counts(move.Now, table) + Counts(move.Otherwise, table);
        var (score, other) = (row.Entry.Score.Score, ScoreRules.Score(otherwise, table.Policy).Score);
        var points = score is null || other is null ? null : score - other;
        return new(move, points, table.PlacesOf(move.Unit).RankOf(otherwise) - row.Rank, number);
    }

    private static CountSet Counts(IEnumerable<ScoredTicket> parts, MonthInPlay table) =>
        parts.Aggregate(default(CountSet), (sum, t) => sum + t.CountsIn(table.Month, table.AsOf).Counted);

    /// <summary>Millionths of a point, as they are shown, without the sign.</summary>
    private static long Weight(WeighedMove move) => move.Points is null ? 0 : (long)(Math.Abs(move.Points.Rounded(PointDecimals)) * Micro);

    /// <summary>Instants of today and tomorrow have as many digits, so that their texts are ordered as they are.</summary>
    private static ListPlace PlaceOf(WeighedMove move) =>
        new(Weight(move), string.Create(CultureInfo.InvariantCulture,
            $"{move.Move.Decided.At.ToUnixTimeMilliseconds():D15} {move.Move.Ticket}"), move.Number);

    private static bool LiesAfter(WeighedMove move, ListPlace after)
    {
        var place = PlaceOf(move);
        return place.At != after.At ? place.At < after.At
            : string.CompareOrdinal(place.Id, after.Id) is var id && id != 0 ? id > 0 : place.Tie > after.Tie;
    }
}
