namespace Hotline.Imports;

/// <summary>Tables for tests: a header and rows of named cells.</summary>
internal static class ImportTable
{
    /// <summary>Noon in Shanghai, 2026-11-23.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 23, 4, 0, 0, TimeSpan.Zero);

    /// <summary>A complaint from register to callback.</summary>
    public static Dictionary<string, string> Whole() => new()
    {
        ["工单编号"] = "C-1", ["来源"] = "12345", ["诉求性质"] = "投诉", ["紧急程度"] = "一般", ["诉求分类"] = "噪音", ["标题"] = "夜间噪音", ["内容"] = "第一行\r\n第二行",
        ["事发地点"] = "宾谷街", ["诉求人"] = "费女士", ["联系电话"] = "13800000000", ["登记时间"] = "2025-09-08 10:00:00", ["上级截止时间"] = "2027-01-01 00:00:00",
        ["承办单位"] = "东关派出所", ["派单时间"] = "2025-09-08 10:30:00", ["签收时间"] = "2025-09-08 11:00:00", ["首次联系时间"] = "2025-09-08 15:00:00",
        ["答复时间"] = "2025-09-12 17:00:00", ["答复内容"] = "已处理", ["办理结果"] = "已解决", ["审核时间"] = "2025-09-12 17:30:00",
        ["回访时间"] = "2025-09-15 09:00:00", ["回访结果"] = "满意", ["剔除原因"] = "重复评价",
    };

    /// <summary>The same with other cells.</summary>
    public static Dictionary<string, string> WholeWith(params (string Column, string Cell)[] cells)
    {
        var row = Whole();
        foreach (var (column, cell) in cells)
        {
            row[column] = cell;
        }

        return row;
    }

    public static ColumnMap MapOf(params string[] header) => HeaderRules.Map(header, ImportKind.History).Map ?? throw new InvalidOperationException("Not a header.");

    public static ParsedRow Parse(Dictionary<string, string> row, ImportKind kind = ImportKind.History) =>
        ImportRules.Parse(MapOf([.. row.Keys]), new TableRow(2, [.. row.Values]), kind, Now);

    /// <summary>Column and code of each error.</summary>
    public static (string Column, string Code)[] Errors(params (string Column, string Cell)[] cells) =>
        [.. Parse(WholeWith(cells)).Errors.Select(e => (e.Column, e.Code))];
}
