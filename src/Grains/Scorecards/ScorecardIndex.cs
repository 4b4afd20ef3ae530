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
    /// <summary>Counts by what the tickets are, grouped in the order of the indexes. A ticket enters the denominators at its due instant or when it is
    /// replied, whichever is first; a held one is counted openly at once.</summary>
    private const string Counts = """
        SELECT 1 AS Kind, reply_month AS Month, score_unit AS Unit, excluded AS Excluded,
            reply_hold AS A, replied_on_time AS B, completed_on_time AS C, COUNT(*) AS Number
        FROM ticket_index
        WHERE reply_month IN @months AND score_unit IS NOT NULL AND (reply_due_at <= @asOf OR replied_at IS NOT NULL OR reply_hold = 2)
        GROUP BY reply_month, score_unit, excluded, reply_hold, replied_on_time, completed_on_time
        UNION ALL
        SELECT 1, reply_month, unit, excluded, 0, on_time, on_time, COUNT(*)
        FROM ticket_support
        WHERE reply_month IN @months AND (reply_due_at <= @asOf OR replied_at IS NOT NULL)
        GROUP BY reply_month, unit, excluded, on_time
        UNION ALL
        SELECT 2, answer_month, score_unit, excluded, answer, first_answer, blameless, COUNT(*)
        FROM ticket_index
        WHERE answer_month IN @months AND score_unit IS NOT NULL
        GROUP BY answer_month, score_unit, answer, first_answer, excluded, blameless
        UNION ALL
        SELECT 3, unreached_month, score_unit, excluded, 0, 0, 0, COUNT(*)
        FROM ticket_index
        WHERE unreached_month IN @months AND score_unit IS NOT NULL
        GROUP BY unreached_month, score_unit, excluded
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
    /// <param name="moment">What is read with it belongs to one moment of the store; null for what is committed now.</param>
    public async Task<IReadOnlyList<UnitMonth>> Read(
        IReadOnlyCollection<Month> months, DateTimeOffset asOf, CancellationToken cancellationToken, ReadSnapshot? moment = null)
    {
        var rows = await new ListQuery(Counts).WithList("months", months.Select(m => m.Key)).With("asOf", asOf.ToUnixTimeMilliseconds())
            .Read<CountRow>(database, moment, cancellationToken);
        return [.. rows.GroupBy(r => (r.Month, r.Unit)).Select(g => new UnitMonth(new(g.Key.Month), g.Key.Unit, g.Aggregate(UnitCounts.None, (sum, r) => sum + r.Counts)))];
    }

    /// <summary>In which of these months these units appear. Cheap for units with few tickets, whatever the others have.</summary>
    public async Task<IReadOnlyList<UnitPresence>> Presence(
        IReadOnlyCollection<Month> months, IReadOnlyCollection<string> units, CancellationToken cancellationToken, ReadSnapshot? moment = null)
    {
        var rows = await new ListQuery(Presences).WithList("months", months.Select(m => m.Key)).WithList("units", units)
            .Read<PresenceRow>(database, moment, cancellationToken);
        return [.. rows.GroupBy(r => (r.Month, r.Unit)).Select(g => new UnitPresence(new(g.Key.Month), g.Key.Unit, (int)g.Sum(r => r.Answers)))];
    }

    /// <summary>The first month in which anything counts; null for an empty store.</summary>
    public async Task<Month?> FirstMonth(CancellationToken cancellationToken, ReadSnapshot? moment = null)
    {
        var keys = await new ListQuery(First).Read<int?>(database, moment, cancellationToken);
        return keys is [{ } key] ? new Month(key) : null;
    }

    private sealed class PresenceRow
    {
        public int Month { get; set; }
        public string Unit { get; set; } = "";
        public long Answers { get; set; }
    }
}
