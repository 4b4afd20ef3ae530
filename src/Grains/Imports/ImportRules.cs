using System.Text.RegularExpressions;
using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Imports;

/// <summary>A row that was read: what it says, or what is wrong with it.</summary>
/// <param name="History">For 历史工单. <see cref="HistoryRecord.Unit"/> is still the file's spelling.</param>
/// <param name="Intake">For 批量登记.</param>
internal sealed record ParsedRow(int Number, HistoryRecord? History, Register? Intake, IReadOnlyList<RowError> Errors)
{
    public bool IsSound => Errors.Count == 0;

    /// <summary>The ticket of a sound row.</summary>
    public string Ticket => History is { } h ? TicketIdentity.KeyOf(h.Source, h.ExternalNo) : TicketIdentity.KeyOf(Intake!.Source, Intake.ExternalNo);
}

/// <summary>What a row of an import file means (api.md; product.md §4, reading 8). Looks at the row alone; what is already known of its ticket is
/// the ticket's own business.</summary>
internal static partial class ImportRules
{
    private const string DefaultSource = "12345";

    private static readonly LineAttribute Code = new(Limits.Code);
    private static readonly LineAttribute Name = new(Limits.Name);
    private static readonly LineAttribute Phone = new(Limits.Phone);
    private static readonly LineAttribute Title = new(Limits.Title);
    private static readonly LineAttribute Place = new(Limits.Place);
    private static readonly ProseAttribute Content = new(Limits.Content);
    private static readonly ProseAttribute Reason = new(Limits.Reason);

    /// <summary>Reads a row: <c>csv.quote</c>, <c>row.too-many-cells</c>, the errors of its cells, then of its order.</summary>
    public static ParsedRow Parse(ColumnMap map, TableRow row, ImportKind kind, DateTimeOffset now)
    {
        if (ShapeFault(map, row) is { } fault)
        {
            return new(row.Number, null, null, [fault]);
        }

        var cells = new RowReader(map, row, now);
        var intake = Registration(cells);
        var history = kind == ImportKind.History ? History(cells, intake) : null;
        var isSound = cells.Errors.Count == 0;
        return new(row.Number, isSound ? history : null, isSound && history is null ? intake : null, cells.Errors);
    }

    private static RowError? ShapeFault(ColumnMap map, TableRow row)
    {
        if (row.Malformed)
        {
            return new(row.Number, "", "csv.quote", "引号使用有误：含逗号、引号或换行的单元格应整个放在引号中，其中的引号写成两个。");
        }

        return row.Cells.Skip(map.Names.Count).Any(c => !string.IsNullOrWhiteSpace(c))
            ? new(row.Number, "", "row.too-many-cells", "单元格比表头多：可能有含逗号的单元格没有放在引号中。")
            : null;
    }

    private static Register Registration(RowReader cells)
    {
        var no = cells.Line(Column.ExternalNo, Code, required: true);
        if (no is not null && Rounded().IsMatch(no))
        {
            cells.Refuse(Column.ExternalNo, "value.rounded", "编号被表格软件改成了科学计数法，末尾几位已丢失。请把该列设为文本格式后重新导出。");
        }

        var source = cells.Line(Column.Source, Code) ?? DefaultSource;
        var nature = cells.Word(Column.Nature, ImportWords.Natures, null, required: true);
        var urgency = cells.Word(Column.Urgency, ImportWords.Urgencies, Urgency.Ordinary);
        var topic = cells.Line(Column.Topic, Name);
        var title = cells.Line(Column.Title, Title, required: true);
        var content = cells.Prose(Column.Content, Content);
        var place = cells.Line(Column.Place, Place);
        var caller = Of(cells.Line(Column.CallerName, Name), cells.Line(Column.CallerPhone, Phone));
        var received = cells.Past(Column.ReceivedAt, required: true);
        var upstream = cells.Promised(Column.UpstreamDueAt);
        return new(source, no ?? "", nature ?? default, urgency ?? default, topic, title ?? "", content, place, caller, received ?? default, upstream);
    }

    private static HistoryRecord History(RowReader cells, Register r)
    {
        var unit = cells.Line(Column.Unit, Name, required: true);
        var dispatched = cells.Past(Column.DispatchedAt, required: true);
        var accepted = cells.Past(Column.AcceptedAt);
        var contacted = cells.Past(Column.ContactedAt);
        var replied = cells.Past(Column.RepliedAt);
        var reply = cells.Prose(Column.Reply, Content);
        var outcome = cells.Word(Column.Outcome, ImportWords.Outcomes, null);
        var reviewed = cells.Past(Column.ReviewedAt);
        var calledBack = cells.Past(Column.CalledBackAt);
        var result = cells.Word(Column.CallbackResult, ImportWords.Results, null);
        var exclusion = cells.Prose(Column.ExclusionReason, Reason);
        var row = new HistoryRecord(r.Source, r.ExternalNo, r.Nature, r.Urgency, r.Topic, r.Title, r.Content, r.Place, r.Caller, r.ReceivedAt,
            r.UpstreamDueAt, unit ?? "", dispatched ?? default, accepted, contacted, replied, reply, outcome, reviewed, calledBack, result, exclusion);
        if (cells.Errors.Count == 0)
        {
            CheckOrder(cells, row);
            CheckWhole(cells, row);
        }

        return row;
    }

    /// <summary>登记 ≤ 派单 ≤ 答复 ≤ 审核 ≤ 回访 among the instants that are there.</summary>
    private static void CheckOrder(RowReader cells, HistoryRecord row)
    {
        (Column Column, DateTimeOffset? At)[] steps = [(Column.ReceivedAt, row.ReceivedAt), (Column.DispatchedAt, row.DispatchedAt),
            (Column.RepliedAt, row.RepliedAt), (Column.ReviewedAt, row.ReviewedAt), (Column.CalledBackAt, row.CalledBackAt)];
        var last = DateTimeOffset.MinValue;
        foreach (var (column, at) in steps)
        {
            if (at < last)
            {
                cells.Refuse(column, "row.order", "时间先后有误：应为登记 ≤ 派单 ≤ 答复 ≤ 审核 ≤ 回访。");
            }

            last = at > last ? at.Value : last;
        }
    }

    /// <summary>回访时间 and 回访结果 come together; a callback needs a review, a review a reply.</summary>
    private static void CheckWhole(RowReader cells, HistoryRecord row)
    {
        Need(cells, Column.CallbackResult, row.CalledBackAt is not null && row.Result is null, "有回访时间，就要有回访结果。");
        Need(cells, Column.CalledBackAt, row.Result is not null && row.CalledBackAt is null, "有回访结果，就要有回访时间。");
        Need(cells, Column.ReviewedAt, row.CalledBackAt is not null && row.ReviewedAt is null, "有回访时间，就要有审核时间。");
        Need(cells, Column.RepliedAt, row.ReviewedAt is not null && row.RepliedAt is null, "有审核时间，就要有答复时间。");
    }

    private static void Need(RowReader cells, Column column, bool isMissing, string message)
    {
        if (isMissing)
        {
            cells.Refuse(column, "row.incomplete", message);
        }
    }

    private static Caller? Of(string? name, string? phone) => name is null && phone is null ? null : new(name, phone);

    [GeneratedRegex(@"^\d(\.\d+)?[eE]\+\d+$")]
    private static partial Regex Rounded();
}
