namespace Hotline.Imports;

/// <summary>The columns of an import file.</summary>
internal enum Column
{
    ExternalNo,
    Source,
    Nature,
    Urgency,
    Topic,
    Title,
    Content,
    Place,
    CallerName,
    CallerPhone,
    ReceivedAt,
    UpstreamDueAt,
    Unit,
    DispatchedAt,
    AcceptedAt,
    ContactedAt,
    RepliedAt,
    Reply,
    Outcome,
    ReviewedAt,
    CalledBackAt,
    CallbackResult,
    ExclusionReason,
}

/// <summary>A column's two names and when it must be there.</summary>
/// <param name="Chinese">The header people write.</param>
/// <param name="English">The header machines write.</param>
internal sealed record ColumnName(Column Column, string Chinese, string English, bool Required = false)
{
    /// <summary>Through 上级截止时间: what is known when a ticket is registered.</summary>
    public bool InFirstBlock => Column <= Column.UpstreamDueAt;

    public bool IsRequired(ImportKind kind) => Required && IsUsed(kind);

    public bool IsUsed(ImportKind kind) => kind == ImportKind.History || InFirstBlock;
}

/// <summary>All columns in the order of the contract (api.md).</summary>
internal static class ImportColumns
{
    public static IReadOnlyList<ColumnName> All { get; } =
    [
        new(Column.ExternalNo, "工单编号", "externalNo", true),
        new(Column.Source, "来源", "source"),
        new(Column.Nature, "诉求性质", "nature", true),
        new(Column.Urgency, "紧急程度", "urgency"),
        new(Column.Topic, "诉求分类", "topic"),
        new(Column.Title, "标题", "title", true),
        new(Column.Content, "内容", "content"),
        new(Column.Place, "事发地点", "place"),
        new(Column.CallerName, "诉求人", "callerName"),
        new(Column.CallerPhone, "联系电话", "callerPhone"),
        new(Column.ReceivedAt, "登记时间", "receivedAt", true),
        new(Column.UpstreamDueAt, "上级截止时间", "upstreamDueAt"),
        new(Column.Unit, "承办单位", "unit", true),
        new(Column.DispatchedAt, "派单时间", "dispatchedAt", true),
        new(Column.AcceptedAt, "签收时间", "acceptedAt"),
        new(Column.ContactedAt, "首次联系时间", "contactedAt"),
        new(Column.RepliedAt, "答复时间", "repliedAt"),
        new(Column.Reply, "答复内容", "reply"),
        new(Column.Outcome, "办理结果", "outcome"),
        new(Column.ReviewedAt, "审核时间", "reviewedAt"),
        new(Column.CalledBackAt, "回访时间", "calledBackAt"),
        new(Column.CallbackResult, "回访结果", "callbackResult"),
        new(Column.ExclusionReason, "剔除原因", "exclusionReason"),
    ];

    private static readonly Dictionary<string, Column> ByName = All.SelectMany(c => new[] { (c.Chinese, c.Column), (c.English, c.Column) })
        .ToDictionary(p => p.Item1, p => p.Column, StringComparer.OrdinalIgnoreCase);

    public static Column? Find(string header) => ByName.TryGetValue(Tidy(header), out var column) ? column : null;

    /// <summary>A header without outer blanks and invisible marks, and without the star that templates put behind required columns.</summary>
    public static string Tidy(string header) => CellText.Line(header).TrimEnd('*', '＊').TrimEnd();
}
