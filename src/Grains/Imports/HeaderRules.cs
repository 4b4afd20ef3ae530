namespace Hotline.Imports;

/// <summary>Where each column stands in a file.</summary>
/// <param name="Places">By <see cref="Column"/>: the cell's place, or -1.</param>
/// <param name="Names">By place: the header as the file writes it.</param>
/// <param name="Ignored">Headers that are not used, in the file's order.</param>
internal sealed record ColumnMap(IReadOnlyList<int> Places, IReadOnlyList<string> Names, IReadOnlyList<string> Ignored)
{
    /// <summary>The column as the file calls it; its Chinese name when the file does not have it.</summary>
    public string NameOf(Column column) => Places[(int)column] is >= 0 and var place ? Names[place] : ImportColumns.All[(int)column].Chinese;
}

/// <summary>Reads a header: names in either language, in any order.</summary>
internal static class HeaderRules
{
    /// <summary>The places of the columns, or what is wrong with the header (all of it at row 1).</summary>
    public static (ColumnMap? Map, IReadOnlyList<RowError> Errors) Map(IReadOnlyList<string> header, ImportKind kind)
    {
        var names = header.Select(ImportColumns.Tidy).ToArray();
        var places = Enumerable.Repeat(-1, ImportColumns.All.Count).ToArray();
        var ignored = new List<string>();
        var errors = new List<RowError>();
        for (var place = 0; place < names.Length; place++)
        {
            if (ImportColumns.Find(names[place]) is not { } column || !ImportColumns.All[(int)column].IsUsed(kind))
            {
                ignored.Add(names[place]);
            }
            else if (places[(int)column] >= 0)
            {
                errors.Add(new(1, names[place], "column.duplicate", "表头中这一列出现了两次（中文名与英文名也算同一列）。"));
            }
            else
            {
                places[(int)column] = place;
            }
        }

        errors.AddRange(ImportColumns.All.Where(c => c.IsRequired(kind) && places[(int)c.Column] < 0)
            .Select(c => new RowError(1, c.Chinese, "column.missing", $"表头中缺少必需的列“{c.Chinese}”（或 {c.English}）。第一行应为表头；若列名显示为乱码，请检查文件编码。")));
        return (errors.Count == 0 ? new(places, names, ignored.Where(n => n.Length > 0).ToArray()) : null, errors);
    }
}
