namespace Hotline.Imports;

/// <summary>What is shown of an import.</summary>
internal static class ImportStatusRules
{
    /// <summary>A runner says something every second, also of imports that wait; after this silence its process is gone.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    private static readonly RowError Interrupted =
        new(1, "", "import.interrupted", "处理该文件的节点已停止；它恢复后会自动继续。也可以重新上传同一文件，重复导入不会产生影响。");

    /// <summary>The import as people see it at <paramref name="now"/>, when its runner was last heard at <paramref name="heardAt"/>.</summary>
    public static ImportView View(string id, ImportState state, ImportCounts? heard, DateTimeOffset heardAt, DateTimeOffset now)
    {
        var order = state.Order!;
        var counts = state.Final ?? heard ?? ImportCounts.None;
        var failure = state.Failure ?? (state.FinishedAt is null && now - heardAt > LongestSilence ? Interrupted : null);
        var status = failure is not null ? ImportStatus.Failed : state.FinishedAt is null ? ImportStatus.Running : ImportStatus.Completed;
        var errors = failure is null || counts.Errors.Contains(failure) ? counts.Errors : [failure, .. counts.Errors];
        return new(id, order.Kind, status, order.FileName, order.Size, order.Charset, order.KeepOpen, order.By.Id, state.StartedAt, state.FinishedAt,
            counts.TotalRows, counts.Rows, counts.Accepted, counts.Changed, counts.Rejected, errors, counts.ErrorsTruncated, counts.Warnings,
            counts.Closed, failure);
    }

    /// <summary>Whether a repeated request asks for the same import.</summary>
    public static bool IsSame(ImportOrder first, ImportOrder again) =>
        (first.Kind, first.Charset, first.KeepOpen, first.Size, first.Sha256) == (again.Kind, again.Charset, again.KeepOpen, again.Size, again.Sha256);

    public static ImportSummary Summary(ImportView view) =>
        new(view.Id, view.Kind, view.Status, view.FileName, view.StartedBy, view.StartedAt, view.FinishedAt, view.Rows, view.Accepted, view.Rejected);
}
