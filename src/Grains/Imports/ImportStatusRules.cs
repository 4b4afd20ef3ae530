using Hotline.Shared;

namespace Hotline.Imports;

/// <summary>The life of an import: it waits, runs, and ends completed, failed or cancelled; and what is shown of it.</summary>
internal static class ImportStatusRules
{
    /// <summary>Imports that one client may have waiting or running at a time.</summary>
    public const int MostUnfinished = 5;

    /// <summary>Processes that may die over one file.</summary>
    public const int MostRuns = 3;

    /// <summary>A runner says something every second, also of imports that wait; after this silence its process is gone.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    private static readonly RowError Interrupted =
        new(1, "", "import.interrupted", "处理该文件的节点已停止；它恢复后会自动继续。也可以重新上传同一文件，重复导入不会产生影响。");

    private static readonly RowError Crashed =
        new(1, "", "import.crashed", $"处理该文件时程序已中断 {MostRuns} 次，不再自动重试。已导入的记录仍然有效；请拆分文件后再导入，并告知管理员。");

    /// <summary>The import once this process has begun with it: unchanged when there is nothing to run or the process has begun already,
    /// failed when as many processes died over it as may.</summary>
    public static ImportState Begin(ImportState state, string runner, DateTimeOffset now) => state switch
    {
        { Order: null } or { FinishedAt: not null } => state,
        _ when state.Runner == runner => state,
        { Runs: >= MostRuns } => Finish(state, state.Final ?? ImportCounts.None, Crashed, now),
        _ => state with { Runner = runner, Runs = state.Runs + 1 },
    };

    /// <summary>The import once this process has stopped in good order: it did not die.</summary>
    public static ImportState Pause(ImportState state, string runner) =>
        state.FinishedAt is null && state.Runner == runner ? state with { Runner = null, Runs = state.Runs - 1 } : state;

    /// <summary>The import after its run. A cancelled one stays cancelled and gets its last figures.</summary>
    public static ImportState Finish(ImportState state, ImportCounts counts, RowError? failure, DateTimeOffset now) => state switch
    {
        { CancelledBy: not null } => state with { Final = counts },
        { FinishedAt: not null } => state,
        _ => state with { Final = counts, Failure = failure, FinishedAt = now },
    };

    /// <summary>The import after somebody cancelled it. What was accepted stays. Errors: <c>not-found</c>, <c>import.ended</c>.</summary>
    public static Result<ImportState> Cancel(ImportState state, ImportCounts? heard, Actor by, DateTimeOffset now) => state switch
    {
        { Order: null } => new Rejection("not-found", "没有这个导入。", RejectionKind.NotFound),
        { CancelledBy: not null } => state,
        { FinishedAt: not null } => new Rejection("import.ended", "该导入已经结束，不能取消。", RejectionKind.State),
        _ => state with { CancelledBy = by.Id, Final = heard ?? ImportCounts.None, FinishedAt = now },
    };

    /// <summary>Whether the client may begin another upload.</summary>
    /// <param name="uploading">The client's uploads that are under way.</param>
    public static Rejection? Admit(ImportListState list, IReadOnlyCollection<string> uploading, string id, string client)
    {
        var unfinished = list.Latest.Where(l => l.Client == client && l.Summary.Status == ImportStatus.Running).Select(l => l.Summary.Id);
        return unfinished.Union(uploading).Count(other => other != id) >= MostUnfinished
            ? new("import.too-many", $"您已有 {MostUnfinished} 个导入尚未结束，请等待其完成或取消后再上传。", RejectionKind.TooMany)
            : null;
    }

    /// <summary>The import as people see it at <paramref name="now"/>, when its runner was last heard at <paramref name="heardAt"/>.</summary>
    public static ImportView View(string id, ImportState state, ImportCounts? heard, DateTimeOffset heardAt, DateTimeOffset now)
    {
        var order = state.Order!;
        var counts = state.Final ?? heard ?? ImportCounts.None;
        var failure = state.Failure ?? (state.FinishedAt is null && now - heardAt > LongestSilence ? Interrupted : null);
        var errors = failure is null || counts.Errors.Contains(failure) ? counts.Errors : [failure, .. counts.Errors];
        return new(id, order.Kind, StatusOf(state, failure), order.FileName, order.Size, order.Charset, order.KeepOpen, order.By.Id, state.StartedAt,
            state.FinishedAt, counts.TotalRows, counts.Rows, counts.Accepted, counts.Changed, counts.Rejected, errors, counts.ErrorsTruncated, counts.Warnings,
            counts.Closed, failure);
    }

    /// <summary>Whether a repeated request asks for the same import.</summary>
    public static bool IsSame(ImportOrder first, ImportOrder again) =>
        (first.Kind, first.Charset, first.KeepOpen, first.Size, first.Sha256) == (again.Kind, again.Charset, again.KeepOpen, again.Size, again.Sha256);

    public static ImportSummary Summary(ImportView view) =>
        new(view.Id, view.Kind, view.Status, view.FileName, view.StartedBy, view.StartedAt, view.FinishedAt, view.Rows, view.Accepted, view.Rejected);

    private static ImportStatus StatusOf(ImportState state, RowError? failure) => state switch
    {
        { CancelledBy: not null } => ImportStatus.Cancelled,
        _ when failure is not null => ImportStatus.Failed,
        { FinishedAt: null } => ImportStatus.Running,
        _ => ImportStatus.Completed,
    };
}
