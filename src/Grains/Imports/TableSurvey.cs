using Hotline.WorkCalendar;

namespace Hotline.Imports;

/// <summary>What a first look through the whole file finds, before anything is stored.</summary>
/// <param name="Map">Where the columns stand; null when the header is wrong.</param>
/// <param name="TotalRows">Rows that are not blank.</param>
/// <param name="Units">The units of sound rows, as the file spells them.</param>
/// <param name="Faults">Why nothing of the file can be imported.</param>
internal sealed record TableSurvey(ColumnMap? Map, int TotalRows, IReadOnlyDictionary<string, UnitSurvey> Units, IReadOnlyList<string> Warnings,
    IReadOnlyList<RowError> Faults)
{
    private const int NamedColumns = 20;
    private const int LongestName = 40;

    /// <param name="isNewUnit">Whether nobody knows a unit of this spelling yet.</param>
    /// <summary>Reads all rows once. A file that breaks off in its middle is refused whole, so that no half of it stands in the store.</summary>
    public static TableSurvey Of(IEnumerable<TableRow> rows, ImportKind kind, DateTimeOffset now, Func<string, bool> isNewUnit)
    {
        try
        {
            using var row = rows.GetEnumerator();
            if (!row.MoveNext() || row.Current.IsBlank)
            {
                return Refused(new RowError(1, "", "file.empty", "文件第一行应为表头，但它是空的。"));
            }

            var (map, errors) = HeaderRules.Map(row.Current.Cells, kind);
            return map is null ? Refused([.. errors]) : Counted(row, map, kind, now, new(isNewUnit));
        }
        catch (UnreadableTableException fault)
        {
            return Refused(fault.AsError());
        }
    }

    private static TableSurvey Counted(IEnumerator<TableRow> row, ColumnMap map, ImportKind kind, DateTimeOffset now, UnitTally units)
    {
        var total = 0;
        while (row.MoveNext())
        {
            if (row.Current.IsBlank)
            {
                continue;
            }

            total++;
            if (kind == ImportKind.History && ImportRules.Parse(map, row.Current, kind, now) is { History: { } sound } parsed)
            {
                units.Count(sound.Unit, ShanghaiTime.DateOf(sound.DispatchedAt), parsed.Ticket);
            }
        }

        return total == 0
            ? Refused(new RowError(1, "", "file.no-rows", "文件只有表头，没有记录。"))
            : new(map, total, units.Result, Notes(map, kind), []);
    }

    private static string[] Notes(ColumnMap map, ImportKind kind)
    {
        if (map.Ignored.Count == 0)
        {
            return [];
        }

        var names = map.Ignored.Take(NamedColumns).Select(n => n.Length > LongestName ? n[..LongestName] + "…" : n);
        var more = map.Ignored.Count > NamedColumns ? $"等 {map.Ignored.Count} 列" : "";
        var why = kind == ImportKind.Intake ? "批量登记不使用的列" : "不认识的列";
        return [$"已忽略{why}：{string.Join("、", names)}{more}。"];
    }

    /// <summary>Nothing of the file can be imported.</summary>
    public static TableSurvey Refused(params RowError[] faults) => new(null, 0, new Dictionary<string, UnitSurvey>(), [], faults);
}

/// <summary>A unit of a file's rows.</summary>
/// <param name="FirstDay">The earliest day on which it got a ticket.</param>
/// <param name="Tickets">Its rows' tickets when nobody knows the unit yet; otherwise empty.</param>
internal sealed record UnitSurvey(DateOnly FirstDay, IReadOnlyList<string> Tickets);

/// <summary>Counts the units of a file while its rows pass.</summary>
internal sealed class UnitTally(Func<string, bool> isNewUnit)
{
    private readonly Dictionary<string, (DateOnly FirstDay, List<string>? Tickets)> _units = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, UnitSurvey> Result =>
        _units.ToDictionary(u => u.Key, u => new UnitSurvey(u.Value.FirstDay, u.Value.Tickets ?? []), StringComparer.Ordinal);

    public void Count(string unit, DateOnly day, string ticket)
    {
        var (first, tickets) = _units.TryGetValue(unit, out var seen) ? seen : (day, isNewUnit(unit) ? [] : null);
        tickets?.Add(ticket);
        _units[unit] = (first < day ? first : day, tickets);
    }
}
