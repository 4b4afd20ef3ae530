using System.Text.Json.Serialization;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Imports;

/// <summary>What a file holds.</summary>
[JsonConverter(typeof(CodeEnumConverter<ImportKind>))]
public enum ImportKind
{
    /// <summary>历史工单: finished or running tickets with their past instants, replayed through the rules.</summary>
    History = 1,
    /// <summary>批量登记: new tickets, registered as if by hand; the first block of columns only.</summary>
    Intake = 2,
}

/// <summary>How far an import is.</summary>
[JsonConverter(typeof(CodeEnumConverter<ImportStatus>))]
public enum ImportStatus
{
    /// <summary>进行中 (or waiting for its turn)</summary>
    Running = 1,
    /// <summary>已完成: every row was accepted or rejected.</summary>
    Completed = 2,
    /// <summary>未完成: the file cannot be read, or storage stayed away. Importing it again does no harm.</summary>
    Failed = 3,
    /// <summary>已取消: somebody stopped it; what was accepted stays. Importing the file again does no harm.</summary>
    Cancelled = 4,
}

/// <summary>导入文件中的一处错误。</summary>
/// <param name="Row">记录序号：表头为 1，一条记录占多行时只计一次</param>
/// <param name="Column">列名，与文件表头一致；涉及整条记录或整个文件时可为空</param>
/// <param name="Code">错误代码</param>
/// <param name="Message">说明，不含原值</param>
[GenerateSerializer, Immutable, Alias("hotline.RowError")]
public sealed record RowError(int Row, string Column, string Code, string Message);

/// <summary>导入时按现状结案的工单（下一步时限已过，且未选择保持未办结）。</summary>
/// <param name="Count">件数</param>
/// <param name="Tickets">工单编号，最多列出前 100 件</param>
[GenerateSerializer, Immutable, Alias("hotline.ClosedTickets")]
public sealed record ClosedTickets(int Count, IReadOnlyList<string> Tickets)
{
    public static ClosedTickets None { get; } = new(0, []);
}

/// <summary>A file's order: what it holds and who sent it. Equal orders under one idempotency key are one import.</summary>
/// <param name="Charset"><c>utf-8</c> or <c>gb18030</c>; a byte order mark in the file goes first.</param>
/// <param name="KeepOpen">Leaves tickets open whose next step's clock is already past.</param>
/// <param name="Sha256">Of the file's bytes, hex.</param>
[GenerateSerializer, Immutable, Alias("hotline.ImportOrder")]
internal sealed record ImportOrder(ImportKind Kind, string Charset, bool KeepOpen, string FileName, long Size, string Sha256, Actor By);

/// <summary>A piece of the file on its way in.</summary>
/// <param name="Upload">One try of sending the file; pieces of two tries never mix.</param>
[GenerateSerializer, Immutable, Alias("hotline.ImportPiece")]
internal sealed record ImportPiece(string Upload, long Offset, byte[] Bytes);

/// <summary>How many bytes have arrived.</summary>
[GenerateSerializer, Immutable, Alias("hotline.ImportArrival")]
internal sealed record ImportArrival(long Size);

/// <summary>The file is on disk and its import will run, whatever happens to the process.</summary>
/// <param name="Replayed">An earlier, equal request started it.</param>
[GenerateSerializer, Immutable, Alias("hotline.ImportReceipt")]
internal sealed record ImportReceipt(ImportView View, bool Replayed);

/// <summary>What is counted while an import runs.</summary>
/// <param name="TotalRows">Rows in the file, 0 until it has been looked through.</param>
/// <param name="Accepted">Rows whose ticket is in the store as the row says, known ones included.</param>
/// <param name="Errors">In the order of rows; the first 1,000.</param>
[GenerateSerializer, Immutable, Alias("hotline.ImportCounts")]
internal sealed record ImportCounts(int TotalRows, int Accepted, int Changed, int Rejected, IReadOnlyList<RowError> Errors, bool ErrorsTruncated,
    IReadOnlyList<string> Warnings, ClosedTickets Closed)
{
    public static ImportCounts None { get; } = new(0, 0, 0, 0, [], false, [], ClosedTickets.None);

    [JsonIgnore]
    public int Rows => Accepted + Rejected;
}

/// <summary>一次文件导入的情况。</summary>
/// <param name="Id">导入编号</param>
/// <param name="Kind">history 历史工单，intake 批量登记</param>
/// <param name="Status">running 进行中，completed 已完成，failed 未完成，cancelled 已取消</param>
/// <param name="FileName">文件名</param>
/// <param name="Size">文件字节数</param>
/// <param name="Charset">文件编码</param>
/// <param name="KeepOpen">下一步时限已过的工单是否保持未办结</param>
/// <param name="StartedBy">导入人</param>
/// <param name="StartedAt">开始时间</param>
/// <param name="FinishedAt">结束时间；进行中为空</param>
/// <param name="TotalRows">文件中的记录数（不含表头和空行）；尚未清点时为 0</param>
/// <param name="Rows">已处理的记录数</param>
/// <param name="Accepted">已在库中的记录数，包括导入前就已登记且内容一致的</param>
/// <param name="Changed">其中新增或补充了内容的记录数</param>
/// <param name="Rejected">被拒绝的记录数；被拒绝的记录整条跳过，不影响其他记录</param>
/// <param name="Errors">错误清单，最多 1000 处</param>
/// <param name="ErrorsTruncated">错误超过 1000 处，清单不全</param>
/// <param name="Warnings">提示</param>
/// <param name="ClosedAsItStands">按现状结案的工单</param>
/// <param name="Failure">未完成的原因；其余情况为空</param>
[GenerateSerializer, Immutable, Alias("hotline.ImportView")]
public sealed record ImportView(string Id, ImportKind Kind, ImportStatus Status, string FileName, long Size, string Charset, bool KeepOpen, string StartedBy,
    DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, int TotalRows, int Rows, int Accepted, int Changed, int Rejected, IReadOnlyList<RowError> Errors,
    bool ErrorsTruncated, IReadOnlyList<string> Warnings, ClosedTickets ClosedAsItStands, RowError? Failure);

/// <summary>导入记录摘要。</summary>
/// <param name="Id">导入编号</param>
/// <param name="Rows">已处理的记录数；进行中的以单项查询为准</param>
[GenerateSerializer, Immutable, Alias("hotline.ImportSummary")]
public sealed record ImportSummary(string Id, ImportKind Kind, ImportStatus Status, string FileName, string StartedBy, DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt, int Rows, int Accepted, int Rejected);

/// <summary>One file on its way into the store. Key <c>I-{id}</c>; the id follows from the client and its idempotency key.</summary>
[Alias("hotline.IImportGrain")]
internal interface IImportGrain : IGrainWithStringKey
{
    /// <summary>Takes the next piece; a piece at 0 begins anew. Errors: <c>idempotency.running</c>, <c>import.upload-lost</c>,
    /// <c>import.space-taken</c>, <c>storage.full</c>.</summary>
    [Alias("Append")]
    Task<Result<ImportArrival>> Append(ImportPiece piece);

    /// <summary>All pieces are here: flushes the file and lets the import run. Errors: <c>idempotency.mismatch</c> when the key started another one,
    /// <c>import.upload-lost</c>, <c>storage.full</c>.</summary>
    [Alias("Start")]
    Task<Result<ImportReceipt>> Start(ImportOrder order);

    /// <summary>Forgets the pieces of an upload that broke off.</summary>
    [Alias("Abandon"), Reads]
    Task Abandon();

    /// <summary>What to run; null when there is nothing (left) to run, which also ends an import whose runners died again and again.</summary>
    /// <param name="runner">Names the process.</param>
    [Alias("Begin")]
    Task<ImportOrder?> Begin(string runner);

    /// <summary>The runner stops in good order before the import has ended; another goes on.</summary>
    [Alias("Pause")]
    Task Pause(string runner);

    /// <summary>The runner is alive and has come this far; answers whether it shall go on. Kept in memory only.</summary>
    [Alias("Report"), Reads]
    Task<bool> Report(ImportCounts counts);

    /// <summary>The run is over; <paramref name="failure"/> says why it is not complete.</summary>
    [Alias("Finish")]
    Task Finish(ImportCounts counts, RowError? failure);

    /// <summary>Ends the import: a waiting one at once, a running one after the rows that are on their way. Once more changes nothing.
    /// Errors: <c>not-found</c>, <c>import.ended</c>.</summary>
    [Alias("Cancel")]
    Task<Result<ImportView>> Cancel(CallContext call);

    /// <summary>Null when there is no such import.</summary>
    [Alias("Read"), Reads]
    Task<ImportView?> Read();
}

/// <summary>The latest imports. Key <c>L-imports</c>.</summary>
[Alias("hotline.IImportListGrain")]
internal interface IImportListGrain : IGrainWithStringKey
{
    /// <summary>Keeps room for an upload that begins. Errors: <c>import.too-many</c> when the client has as many unfinished as it may.</summary>
    [Alias("Admit"), Reads]
    Task<Rejection?> Admit(string id, string client);

    /// <summary>The upload has ended, well or not.</summary>
    [Alias("Release"), Reads]
    Task Release(string id);

    [Alias("Note")]
    Task Note(ImportSummary summary, string client);

    /// <summary>The newest first, at most 200.</summary>
    [Alias("Latest"), Reads]
    Task<IReadOnlyList<ImportSummary>> Latest();
}
