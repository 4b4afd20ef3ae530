using Hotline.WorkCalendar;

namespace Hotline.Imports;

/// <summary>What a first look through the whole file finds, before anything is stored.</summary>
/// <param name="Map">Where the columns stand; null when the header is wrong.</param>
/// <param name="TotalRows">Rows that are not blank.</param>
/// <param name="FirstDays">The units of sound rows as the file spells them, with the earliest day on which each got a ticket.</param>
/// <param name="Faults">Why nothing of the file can be imported.</param>
internal sealed record TableSurvey(ColumnMap? Map, int TotalRows, IReadOnlyDictionary<string, DateOnly> FirstDays, IReadOnlyList<string> Warnings,
    IReadOnlyList<RowError> Faults)
{
    private const int NamedColumns = 20;
    private const int LongestName = 40;

    /// <summary>Reads all rows once. A file that breaks off in its middle is refused whole, so that no half of it stands in the store.</summary>
    public static TableSurvey Of(IEnumerable<TableRow> rows, ImportKind kind, DateTimeOffset now)
    {
        try
        {
            using var row = rows.GetEnumerator();
            if (!row.MoveNext() || row.Current.IsBlank)
            {
                return Refused(new RowError(1, "", "file.empty", "文件第一行应为表头，但它是空的。"));
            }

            var (map, errors) = HeaderRules.Map(row.Current.Cells, kind);
            return map is null ? Refused([.. errors]) : Counted(row, map, kind, now);
        }
        catch (UnreadableTableException fault)
        {
            return Refused(fault.AsError());
        }
    }

    private static TableSurvey Counted(IEnumerator<TableRow> row, ColumnMap map, ImportKind kind, DateTimeOffset now)
    {
        var total = 0;
        var days = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        while (row.MoveNext())
        {
            if (row.Current.IsBlank)
            {
                continue;
            }

            total++;
            if (kind == ImportKind.History && ImportRules.Parse(map, row.Current, kind, now).History is { } sound)
            {
                var day = ShanghaiTime.DateOf(sound.DispatchedAt);
                days[sound.Unit] = days.TryGetValue(sound.Unit, out var first) && first < day ? first : day;
            }
        }

        return total == 0
            ? Refused(new RowError(1, "", "file.no-rows", "文件只有表头，没有记录。"))
            : new(map, total, days, Notes(map, kind), []);
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

    private static TableSurvey Refused(params RowError[] faults) => new(null, 0, new Dictionary<string, DateOnly>(), [], faults);
}
