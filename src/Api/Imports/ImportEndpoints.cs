using System.Security.Cryptography;
using Hotline.Imports;
using Hotline.Shared;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;

namespace Hotline.Api;

/// <summary>要导入的文件。</summary>
/// <param name="File">CSV（UTF-8 或 GB18030）或 XLSX 文件，不超过 200 MB</param>
internal sealed record ImportForm(IFormFile File);

/// <summary>已接收的文件，正在导入。</summary>
/// <param name="Id">导入编号</param>
/// <param name="Status">running 进行中</param>
/// <param name="Kind">history 历史工单，intake 批量登记</param>
/// <param name="FileName">文件名</param>
/// <param name="Size">文件字节数</param>
internal sealed record ImportAccepted(string Id, ImportStatus Status, ImportKind Kind, string FileName, long Size);

/// <summary>Files in: sent, followed, their errors taken home.</summary>
internal static class ImportEndpoints
{
    private static readonly Role[] Importers = [Role.Administrator, Role.CommandSystem, Role.Dispatcher];

    public static void Map(RouteGroupBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags(Tags.Imports);
        imports.MapPost("", Start).RequireRoles(Importers).Accepts<ImportForm>("multipart/form-data").WithMetadata(new UploadLimit())
            .Produces<ImportAccepted>(202).Refuses(429);
        imports.MapGet("", List).RequireRoles(Importers).Produces<Listed<ImportSummary>>();
        imports.MapGet("/{id}", Get).RequireRoles(Importers).Produces<ImportView>();
        imports.MapPost("/{id}/cancel", Cancel).RequireRoles(Importers).Produces<ImportView>();
        imports.MapGet("/{id}/errors.csv", Errors).RequireRoles(Importers).Produces<string>(200, CsvFile.MediaType);
    }

    /// <summary>导入文件</summary>
    /// <remarks>历史工单由系统管理员导入，且不能改动已在本系统实时办理的工单；批量登记也可由派单员和指挥系统进行。文件在后台导入，进度见所返回的地址。各条记录互不影响：有错误的记录整条跳过并列出行号、列名和原因。同一文件可以重复导入，不会产生影响；
    /// 以后的文件可以为已有工单补充后来的时间，与已有内容矛盾的记录会被拒绝。每个密钥最多同时有 5 个未结束的导入。第一行为表头，列名用中文或英文，顺序不限；时间为北京时间，写作 2026-10-08 09:30:00。</remarks>
    /// <param name="kind">history 历史工单（默认）；intake 批量登记新工单，只用到“上级截止时间”为止的列。</param>
    /// <param name="charset">CSV 的编码：utf-8（默认）或 gb18030。文件带有 UTF-8 标记时以标记为准，XLSX 不需要。</param>
    /// <param name="keepOpen">下一步时限已过的历史工单：false（默认）按现状结案并列出，true 保持未办结。</param>
    internal static async Task<IResult> Start(HttpContext http, CommandContext command, IGrainFactory grains, CodeParameter<ImportKind>? kind, string? charset,
        bool? keepOpen)
    {
        if (TableFile.Charset(charset ?? TableFile.Utf8) is not { } encoding)
        {
            return Refusal.OfInput([new("?charset", "validation.enum", "文件编码只能是 utf-8 或 gb18030。")]);
        }

        // A history file says in one breath what several people did and citizens answered.
        if (kind?.Value is not ImportKind.Intake && !command.Actor.Has(Role.Administrator))
        {
            return new Refusal(403, "import.history", "历史工单由系统管理员导入；派单员和指挥系统只能批量登记（kind=intake）。");
        }

        if (ImportUpload.PartsOf(http.Request) is not { } parts)
        {
            return new Refusal(415, "media.unsupported", "请以 multipart/form-data 上传文件，字段名为 file。");
        }

        var id = ImportKeys.IdFor(command.Client, command.Key!);
        var import = grains.GetGrain<IImportGrain>(ImportKeys.Of(id));
        var list = grains.GetGrain<IImportListGrain>(ImportKeys.List);
        if (await import.Read() is null && await list.Admit(id, command.Client) is { } full)
        {
            return Refusal.Of(full);
        }

        try
        {
            var order = new ImportOrder(kind?.Value ?? ImportKind.History, encoding, keepOpen ?? false, id, 0, "", command.Actor);
            return Answer.Of(await Receive(http, parts, import, order), receipt => Accepted(http, receipt));
        }
        finally
        {
            // An upload that is not released is forgotten after an hour.
            await list.Release(id).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>取消导入</summary>
    /// <remarks>等待中的立即取消，进行中的在处理完手头的记录后停止。已导入的记录保留；以后可以重新导入同一文件，不会产生影响。已结束的不能取消。</remarks>
    /// <param name="id">导入编号。</param>
    internal static async Task<IResult> Cancel(string id, CommandContext command, IGrainFactory grains) => ImportKeys.IsId(id)
        ? Answer.Of(await grains.GetGrain<IImportGrain>(ImportKeys.Of(id)).Cancel(command.Call), view => Answer.Ok(view))
        : Refusal.NotFound;

    /// <summary>列出最近的导入</summary>
    /// <remarks>从新到旧，最多 200 次。</remarks>
    internal static async Task<IResult> List(IGrainFactory grains)
    {
        var latest = await grains.GetGrain<IImportListGrain>(ImportKeys.List).Latest();
        var current = await Task.WhenAll(latest.Select(s => s.Status == ImportStatus.Running ? Current(grains, s) : Task.FromResult(s)));
        return Answer.Ok(new Listed<ImportSummary>(current));
    }

    /// <summary>查看导入进度与结果</summary>
    /// <param name="id">导入编号。</param>
    internal static async Task<IResult> Get(string id, IGrainFactory grains) => await Find(id, grains) is { } view ? Answer.Ok(view) : Refusal.NotFound;

    /// <summary>下载导入错误清单（CSV）</summary>
    /// <remarks>可用 Excel 打开；最多 1000 处错误。</remarks>
    /// <param name="id">导入编号。</param>
    internal static async Task<IResult> Errors(string id, IGrainFactory grains) => await Find(id, grains) is { } view
        ? new CsvFile($"import-{id}-errors.csv", ["行", "列", "错误代码", "说明"], view.Errors.Select(e => new object[] { e.Row, e.Column, e.Code, e.Message }))
        : Refusal.NotFound;

    /// <summary>Takes the file in and lets the import begin.</summary>
    private static async Task<Result<ImportReceipt>> Receive(HttpContext http, MultipartReader parts, IImportGrain import,
        ImportOrder order)
    {
        var sender = new FileSender(import, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        var received = await ImportUpload.Receive(parts, sender, http.RequestAborted);
        if (received.Rejection is { } rejection)
        {
            return rejection;
        }

        var (name, file) = received.Value!;
        return await import.Start(order with { FileName = name ?? order.FileName, Size = file.Size, Sha256 = file.Sha256 });
    }

    private static IResult Accepted(HttpContext http, ImportReceipt receipt)
    {
        if (receipt.Replayed)
        {
            http.Response.Headers[Answer.ReplayedHeader] = "true";
        }

        var view = receipt.View;
        return Answer.Accepted($"/api/v1/imports/{view.Id}", new ImportAccepted(view.Id, ImportStatus.Running, view.Kind, view.FileName, view.Size));
    }

    private static async Task<ImportView?> Find(string id, IGrainFactory grains) =>
        ImportKeys.IsId(id) ? await grains.GetGrain<IImportGrain>(ImportKeys.Of(id)).Read() : null;

    private static async Task<ImportSummary> Current(IGrainFactory grains, ImportSummary known) =>
        await Find(known.Id, grains) is { } view ? ImportStatusRules.Summary(view) : known;

    private sealed class UploadLimit : IRequestSizeLimitMetadata
    {
        /// <summary>The file and what multipart puts around it.</summary>
        public long? MaxRequestBodySize => Limits.Upload + (1 << 20);
    }
}
