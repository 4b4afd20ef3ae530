using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>A unit's counts in a month, as read from the index.</summary>
internal sealed record UnitMonth(Month Month, string Unit, UnitCounts Counts);

/// <summary>How much a unit was called back in a month: whether it can have been ranked at all.</summary>
/// <param name="Answers">Effective callbacks, without the excluded.</param>
internal sealed record UnitPresence(Month Month, string Unit, int Answers);

/// <summary>The scores' reading of <c>ticket_obligation</c> and <c>ticket_answer</c>: one statement, one snapshot, from covering indexes alone.</summary>
internal sealed class ScorecardIndex(Database database)
{
    /// <summary>Counts by what the rows are, grouped in the order of the indexes. An obligation enters the denominators at its due instant or when it is
    /// replied, whichever is first.</summary>
    internal const string Counts = """
        SELECT 1 AS Kind, month AS Month, unit AS Unit, excluded AS Excluded, ending AS A, on_time AS B, completed AS C, COUNT(*) AS Number,
            COUNT(*) FILTER (WHERE due_at <= @asOf OR replied_at IS NOT NULL) AS Entered
        FROM ticket_obligation
        WHERE month IN @months
        GROUP BY month, unit, ending, excluded, on_time, completed
        UNION ALL
        SELECT 2, month, unit, excluded, answer, first_answer, blameless, COUNT(*), 0
        FROM ticket_answer
        WHERE month IN @months
        GROUP BY month, unit, answer, first_answer, excluded, blameless
        """;

    internal const string Presences = """
        SELECT month AS Month, unit AS Unit, COUNT(*) FILTER (WHERE excluded = 0 AND answer <= 3) AS Answers
        FROM ticket_answer WHERE month IN @months AND unit IN @units GROUP BY month, unit
        UNION ALL
        SELECT month, unit, 0 FROM ticket_obligation WHERE month IN @months AND unit IN @units GROUP BY month, unit
        """;

    private const string First = """
        SELECT MIN(Month) FROM (
            SELECT MIN(month) AS Month FROM ticket_obligation WHERE month IS NOT NULL
            UNION ALL SELECT MIN(month) FROM ticket_answer) AS firsts
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
