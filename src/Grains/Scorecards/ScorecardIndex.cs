using Dapper;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>A unit's counts in a month, as read from the index.</summary>
internal sealed record UnitMonth(Month Month, string Unit, UnitCounts Counts);

/// <summary>How much a unit was called back in a month: whether it can have been ranked at all.</summary>
/// <param name="Answers">Effective callbacks, without the excluded.</param>
internal sealed record UnitPresence(Month Month, string Unit, int Answers);

/// <summary>The scores' reading of <c>ticket_index</c> and <c>ticket_support</c>: one statement, one snapshot, from covering indexes alone.</summary>
internal sealed class ScorecardIndex(Database database)
{
    /// <summary>A ticket enters the denominators at its due instant or when it is replied, whichever is first; a held one is counted openly at once.
    /// An excluded ticket counts as excluded whatever else it is; a compressed or held one would not have counted anyway.</summary>
    private const string Counts = """
        SELECT 1 AS Kind, reply_month AS Month, score_unit AS Unit,
            COUNT(*) FILTER (WHERE excluded = 0 AND reply_hold = 0) AS A,
            COUNT(*) FILTER (WHERE excluded = 0 AND reply_hold = 0 AND replied_on_time = 1) AS B,
            COUNT(*) FILTER (WHERE excluded = 0 AND reply_hold = 0 AND completed_on_time = 1) AS C,
            COUNT(*) FILTER (WHERE excluded = 1 AND reply_hold = 0) AS D,
            COUNT(*) FILTER (WHERE excluded = 1 AND reply_hold = 0 AND replied_on_time = 1) AS E,
            COUNT(*) FILTER (WHERE excluded = 1 AND reply_hold = 0 AND completed_on_time = 1) AS F,
            COUNT(*) FILTER (WHERE excluded = 1) AS G,
            COUNT(*) FILTER (WHERE excluded = 0 AND reply_hold = 1) AS H,
            COUNT(*) FILTER (WHERE excluded = 0 AND reply_hold = 2) AS I,
            0 AS J, 0 AS K, 0 AS L, 0 AS M
        FROM ticket_index
        WHERE reply_month IN @months AND score_unit IS NOT NULL AND (reply_due_at <= @asOf OR replied_at IS NOT NULL OR reply_hold = 2)
        GROUP BY reply_month, score_unit
        UNION ALL
        SELECT 1, reply_month, unit,
            COUNT(*) FILTER (WHERE excluded = 0),
            COUNT(*) FILTER (WHERE excluded = 0 AND on_time = 1),
            COUNT(*) FILTER (WHERE excluded = 0 AND on_time = 1),
            COUNT(*) FILTER (WHERE excluded = 1),
            COUNT(*) FILTER (WHERE excluded = 1 AND on_time = 1),
            COUNT(*) FILTER (WHERE excluded = 1 AND on_time = 1),
            COUNT(*) FILTER (WHERE excluded = 1),
            0, 0, 0, 0, 0, 0
        FROM ticket_support
        WHERE reply_month IN @months AND (reply_due_at <= @asOf OR replied_at IS NOT NULL)
        GROUP BY reply_month, unit
        UNION ALL
        SELECT 2, answer_month, score_unit,
            COUNT(*) FILTER (WHERE excluded = 0 AND answer = 1),
            COUNT(*) FILTER (WHERE excluded = 0 AND answer = 2),
            COUNT(*) FILTER (WHERE excluded = 0 AND answer = 3),
            COUNT(*) FILTER (WHERE excluded = 0 AND first_answer = 1),
            COUNT(*) FILTER (WHERE excluded = 0 AND first_answer = 2),
            COUNT(*) FILTER (WHERE excluded = 0 AND first_answer = 3),
            COUNT(*) FILTER (WHERE excluded = 1 AND answer = 1),
            COUNT(*) FILTER (WHERE excluded = 1 AND answer = 2),
            COUNT(*) FILTER (WHERE excluded = 1 AND answer = 3),
            COUNT(*) FILTER (WHERE excluded = 1 AND first_answer = 1),
            COUNT(*) FILTER (WHERE excluded = 1 AND first_answer = 2),
            COUNT(*) FILTER (WHERE excluded = 1 AND first_answer = 3),
            COUNT(*) FILTER (WHERE excluded = 0 AND answer = 3 AND blameless = 1)
        FROM ticket_index
        WHERE answer_month IN @months AND score_unit IS NOT NULL
        GROUP BY answer_month, score_unit
        UNION ALL
        SELECT 3, unreached_month, score_unit,
            COUNT(*) FILTER (WHERE excluded = 0),
            COUNT(*) FILTER (WHERE excluded = 1),
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        FROM ticket_index
        WHERE unreached_month IN @months AND score_unit IS NOT NULL
        GROUP BY unreached_month, score_unit
        """;

    private const string Presences = """
        SELECT answer_month AS Month, score_unit AS Unit, COUNT(*) FILTER (WHERE excluded = 0) AS Answers
        FROM ticket_index WHERE answer_month IN @months AND score_unit IN @units GROUP BY answer_month, score_unit
        UNION ALL
        SELECT reply_month, score_unit, 0 FROM ticket_index WHERE reply_month IN @months AND score_unit IN @units GROUP BY reply_month, score_unit
        UNION ALL
        SELECT reply_month, unit, 0 FROM ticket_support WHERE reply_month IN @months AND unit IN @units GROUP BY reply_month, unit
        """;

    private const string First = """
        SELECT MIN(Month) FROM (
            SELECT MIN(reply_month) AS Month FROM ticket_index WHERE reply_month IS NOT NULL
            UNION ALL SELECT MIN(answer_month) FROM ticket_index WHERE answer_month IS NOT NULL
            UNION ALL SELECT MIN(reply_month) FROM ticket_support WHERE reply_month IS NOT NULL) AS firsts
        """;

    /// <summary>Counts of every unit that has any, in these months.</summary>
    public async Task<IReadOnlyList<UnitMonth>> Read(IReadOnlyCollection<Month> months, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var rows = await Query<CountRow>(
            new ListQuery(Counts).WithList("months", months.Select(m => m.Key)).With("asOf", asOf.ToUnixTimeMilliseconds()), cancellationToken);
        return [.. rows.GroupBy(r => (r.Month, r.Unit)).Select(g => new UnitMonth(new(g.Key.Month), g.Key.Unit, g.Aggregate(UnitCounts.None, (sum, r) => sum + r.Counts)))];
    }

    /// <summary>In which of these months these units appear. Cheap for units with few tickets, whatever the others have.</summary>
    public async Task<IReadOnlyList<UnitPresence>> Presence(IReadOnlyCollection<Month> months, IReadOnlyCollection<string> units, CancellationToken cancellationToken)
    {
        var rows = await Query<PresenceRow>(
            new ListQuery(Presences).WithList("months", months.Select(m => m.Key)).WithList("units", units), cancellationToken);
        return [.. rows.GroupBy(r => (r.Month, r.Unit)).Select(g => new UnitPresence(new(g.Key.Month), g.Key.Unit, (int)g.Sum(r => r.Answers)))];
    }

    /// <summary>The first month in which anything counts; null for an empty store.</summary>
    public async Task<Month?> FirstMonth(CancellationToken cancellationToken)
    {
        var keys = await Query<int?>(new ListQuery(First), cancellationToken);
        return keys is [{ } key] ? new Month(key) : null;
    }

    private async Task<List<T>> Query<T>(ListQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenRead(cancellationToken);
        return (await connection.QueryAsync<T>(query.Command(cancellationToken))).AsList();
    }

    private sealed class PresenceRow
    {
        public int Month { get; set; }
        public string Unit { get; set; } = "";
        public long Answers { get; set; }
    }

    /// <summary>A row of the union; what its columns mean depends on its kind.</summary>
    private sealed class CountRow
    {
        public int Kind { get; set; }
        public int Month { get; set; }
        public string Unit { get; set; } = "";
        public int A { get; set; }
        public int B { get; set; }
        public int C { get; set; }
        public int D { get; set; }
        public int E { get; set; }
        public int F { get; set; }
        public int G { get; set; }
        public int H { get; set; }
        public int I { get; set; }
        public int J { get; set; }
        public int K { get; set; }
        public int L { get; set; }
        public int M { get; set; }

        public UnitCounts Counts => Kind switch
        {
            1 => new(new(new(A, B, C), default, default, 0), new(new(D, E, F), default, default, 0)) { ExcludedReplies = G, Compressed = H, Suspended = I },
            2 => new(new(default, new(A, B, C), new(D, E, F), 0), new(default, new(G, H, I), new(J, K, L), 0)) { BlamelessDissatisfied = M },
            _ => new(new(default, default, default, A), new(default, default, default, B)),
        };
    }
}
