using Hotline.Documents;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Api;

/// <summary>The month's documents: the bulletin to sign, and the figures to count with.</summary>
internal static class BulletinEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var tables = api.MapGroup("/league-tables/{month}").WithTags(Tags.Scores);
        tables.MapGet("/bulletin.docx", Docx).AnyRole().Produces<Stream>(200, DocxFile.MediaType);
        tables.MapGet("/figures.xlsx", Xlsx).AnyRole().Produces<Stream>(200, XlsxFile.MediaType);
    }

    /// <summary>下载月度通报（Word）</summary>
    /// <remarks>
    /// 公文格式：红头、发文字号、标题、排名表、表扬、末位、后三位、落款。未公布的每页注明“草稿（未公布）”，更正的注明“更正第 n 版”、原因和前后对照。
    /// 同一公布版本每次下载逐字节相同。
    /// </remarks>
    /// <param name="month" example="2026-10">月份。</param>
    /// <param name="tier">排名范围；不填为考核办法规定的全部排名表，合在一份通报里。</param>
    /// <param name="revision">较早的公布版本；须同时指定 tier。</param>
    /// <param name="number" example="长公通〔2026〕31号">发文字号；不填按月份编号。</param>
    internal static Task<IResult> Docx(MonthParameter month, CodeParameter<LeagueTier>? tier, int? revision, string? number, HttpContext http, DocumentDesk desk) =>
        DocumentNumber.Checked(number, given => desk.Make(async () => Answer.Of(await desk.Bulletin(month.Month, tier?.Value, revision, given),
            bulletin => new OfficeFile(BulletinDocx.Bytes(bulletin), DocxFile.MediaType, $"bulletin-{month.Month}.docx", NameOf(bulletin, "情况通报", ".docx"))),
            http.RequestAborted));

    /// <summary>下载月度数字（Excel）</summary>
    /// <remarks>
    /// 每张排名表一页，数字都是数值；更正的另有前后对照；工单明细列出数字背后的每一件（不含诉求人信息，已公布的按截止时刻），依据页写明考核办法、版本、校验值和截止时刻。
    /// 单位人员的明细只有本单位的工单。明细最多五万件，更多时请用 unit 按单位导出。
    /// </remarks>
    /// <param name="month" example="2026-10">月份。</param>
    /// <param name="tier">排名范围；不填为考核办法规定的全部排名表。</param>
    /// <param name="revision">较早的公布版本；须同时指定 tier。</param>
    /// <param name="unit">明细只列这个单位：代码、名称或别名。</param>
    internal static async Task<IResult> Xlsx(MonthParameter month, CodeParameter<LeagueTier>? tier, int? revision, string? unit, HttpContext http, DocumentDesk desk,
        UnitDirectory units, BulletinTicketReader tickets)
    {
        var own = http.Actor().Unit;
        var asked = string.IsNullOrEmpty(unit) ? own : (await units.Resolve(unit))?.Code;
        if ((asked is null && !string.IsNullOrEmpty(unit)) || (own is not null && asked != own))
        {
            return Refusal.Of(new Rejection("unit.unknown", "没有这个单位，或无权查看。", RejectionKind.NotFound, "?unit"));
        }

        return await desk.Make(async () =>
        {
            var read = await desk.Bulletin(month.Month, tier?.Value, revision, null);
            if (read.Value is not { } bulletin)
            {
                return Refusal.Of(read.Rejection!);
            }

            var behind = await tickets.Read(bulletin, asked, http.RequestAborted);
            return new OfficeFile(FiguresXlsx.Bytes(bulletin, behind), XlsxFile.MediaType, $"figures-{month.Month}.xlsx", NameOf(bulletin, "数字", ".xlsx"));
        }, http.RequestAborted);
    }

    private static string NameOf(Bulletin bulletin, string what, string ending) =>
        $"{OfficeText.Of(bulletin.Month)}{(bulletin.Tables.Count == 1 ? bulletin.Tables[0].Name : "")}12345热线工单办理{what}{(bulletin.Mark is { } mark ? $"【{mark}】" : "")}{ending}";
}
