using Hotline.Shared;

namespace Hotline.Policies;

/// <summary>What a version of the deadlines changes, row by row, in words that people read.</summary>
internal static class DeadlineDiffRules
{
    private static readonly string[] Clocks =
    [
        "", "甄别派单", "签收", "首次联系", "退单", "分流或上退", "答复", "审核", "回访", "重办", "督办单", "协办",
        "审定", "退单审定", "延期审批", "挂起审批", "剔除审定", "撤单确认", "更正确认", "并单确认", "分流确认", "重新派单", "答复诉求人", "归档", "分流结果",
    ];

    private static readonly string[] Natures = ["", "咨询", "求助", "投诉", "举报", "建议", "表扬"];
    private static readonly string[] Tiers = ["", "派出所", "大队", "警务回访中心"];
    private static readonly string[] Records = ["", "联系记录", "走访记录", "现场照片", "询问笔录", "检测（鉴定）报告", "整改通知书"];

    public static string Of(RecordKind record) => Records[(int)record];

    /// <summary>Rows in the order of their clocks, then the other numbers. A row left out, which v1 then gives, is no change.</summary>
    public static IReadOnlyList<PolicyChange> Changes(DeadlinePolicy from, DeadlinePolicy to)
    {
        var old = from.ActingRows.ToDictionary(KeyOf);
        var now = to.ActingRows.ToDictionary(KeyOf);
        List<PolicyChange> changes = [];
        foreach (var key in old.Keys.Union(now.Keys).OrderBy(k => k))
        {
            var (before, after) = (old.GetValueOrDefault(key), now.GetValueOrDefault(key));
            Add(changes, Name(before ?? after!), before is null ? null : Text(before), after is null ? null : Text(after));
        }
        foreach (var ((name, before), (_, after)) in Numbers(from).Zip(Numbers(to)))
        {
            Add(changes, name, before, after);
        }
        return changes;
    }

    private static void Add(List<PolicyChange> changes, string item, string? from, string? to)
    {
        if (from != to)
        {
            changes.Add(PolicyChange.Of(item, from, to));
        }
    }

    private static (Clock, int, int) KeyOf(DeadlineRow row) => (row.Clock, (int)(row.Tier ?? 0), (int)(row.Nature ?? 0));

    private static string Name(DeadlineRow row)
    {
        string[] limits = [row.Tier is { } tier ? Tiers[(int)tier] : "", row.Nature is { } nature ? Natures[(int)nature] + "类" : ""];
        var whose = string.Concat(limits);
        return whose.Length == 0 ? $"{Clocks[(int)row.Clock]}时限" : $"{whose}{Clocks[(int)row.Clock]}时限";
    }

    private static string Text(DeadlineRow row)
    {
        var records = row.Records is { Count: > 0 } needed ? "，须提供" + string.Join("、", needed.Order().Select(Of)) : "";
        return $"一般{Text(row.Ordinary)}、紧急{Text(row.Urgent)}{records}";
    }

    private static string Text(Span? span) => span switch
    {
        null => "不设",
        { Unit: SpanUnit.WorkingDays } => $"{span.Amount}个工作日",
        { Unit: SpanUnit.WorkingHours } => $"{span.Amount}个工作小时",
        { Unit: SpanUnit.Minutes } => $"{span.Amount}分钟",
        _ => "当日24时前",
    };

    private static IEnumerable<(string Name, string Text)> Numbers(DeadlinePolicy p) =>
    [
        ("一次延期的上限", $"{p.ExtensionCapWorkingDays}个工作日"),
        ("黄牌提前量", $"一般{p.Lead.WorkingDays}个工作日、紧急{p.Lead.UrgentMinutes}分钟"),
        ("升级间隔", $"一般{p.Lag.WorkingDays}个工作日、紧急{p.Lag.UrgentMinutes}分钟"),
        ("回访次数要求", $"{p.Tries.WithinWorkingDays}个工作日内{p.Tries.Count}次、跨{p.Tries.MinDays}天和{p.Tries.MinTimeBands}个时段"),
    ];
}
