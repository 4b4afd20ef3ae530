using Hotline.Documents;
using Hotline.Notices;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>The quarter's and the year's lists as documents.</summary>
internal static class AwardDocumentEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var quarters = api.MapGroup("/quarters/{quarter}").WithTags(Tags.Awards);
        quarters.MapGet("/excellent-units.docx", QuarterDocx).AnyRole().Produces<Stream>(200, DocxFile.MediaType);
        quarters.MapGet("/excellent-units.xlsx", QuarterXlsx).AnyRole().Produces<Stream>(200, XlsxFile.MediaType);
        var years = api.MapGroup("/years/{year}").WithTags(Tags.Awards);
        years.MapGet("/reward-list.docx", YearDocx).AnyRole().Produces<Stream>(200, DocxFile.MediaType);
        years.MapGet("/reward-list.xlsx", YearXlsx).AnyRole().Produces<Stream>(200, XlsxFile.MediaType);
    }

    /// <summary>下载季度优秀单位通报（Word）</summary>
    /// <remarks>公文格式：优秀单位、评选办法、全部单位的合计数字和结果。未批准的每页注明“草稿（未批准）”，更正的注明版本、原因和前后名单。</remarks>
    /// <param name="quarter" example="2026-Q3">季度。</param>
    /// <param name="tier">评选范围；不填为考核办法规定的全部范围，合在一份通报里。</param>
    /// <param name="revision">较早的版本；须同时指定 tier。</param>
    /// <param name="number" example="长公通〔2026〕31号">发文字号；不填按季度编号。</param>
    internal static Task<IResult> QuarterDocx(QuarterParameter quarter, CodeParameter<LeagueTier>? tier, int? revision, string? number, HttpContext http, DocumentDesk desk) =>
        Quarter(quarter, tier, revision, number, http, desk, paper => new OfficeFile(AwardDocx.Bytes(paper), DocxFile.MediaType,
            $"excellent-units-{quarter.Quarter}.docx", NameOf($"{AwardTextRules.NameOf(quarter.Quarter)}优秀单位", paper.Mark, ".docx")));

    /// <summary>下载季度优秀单位数字（Excel）</summary>
    /// <remarks>每个评选范围一页，数字都是数值；依据页写明所依据的各月排名表、版本和校验值。</remarks>
    /// <param name="quarter" example="2026-Q3">季度。</param>
    /// <param name="tier">评选范围；不填为考核办法规定的全部范围。</param>
    /// <param name="revision">较早的版本；须同时指定 tier。</param>
    internal static Task<IResult> QuarterXlsx(QuarterParameter quarter, CodeParameter<LeagueTier>? tier, int? revision, HttpContext http, DocumentDesk desk) =>
        Quarter(quarter, tier, revision, null, http, desk, paper => new OfficeFile(AwardXlsx.Bytes(paper), XlsxFile.MediaType,
            $"excellent-units-{quarter.Quarter}.xlsx", NameOf($"{AwardTextRules.NameOf(quarter.Quarter)}优秀单位", paper.Mark, ".xlsx")));

    /// <summary>下载年终奖励名单（Word）</summary>
    /// <remarks>公文格式：奖励名单和全年获评季度优秀的单位。未批准的每页注明“草稿（未批准）”，更正的注明版本、原因和前后名单。</remarks>
    /// <param name="year" example="2026">年份。</param>
    /// <param name="revision">较早的版本。</param>
    /// <param name="number" example="长公通〔2026〕31号">发文字号；不填按年度编号。</param>
    internal static Task<IResult> YearDocx(YearParameter year, int? revision, string? number, HttpContext http, DocumentDesk desk) =>
        Year(year, revision, number, http, desk, paper => new OfficeFile(AwardDocx.Bytes(paper), DocxFile.MediaType,
            $"reward-list-{year.Year}.docx", NameOf($"{year.Year}年度奖励名单", paper.Mark, ".docx")));

    /// <summary>下载年终奖励名单（Excel）</summary>
    /// <remarks>全年获评季度优秀的单位、次数和是否列入；依据页写明所依据的季度名单、版本和校验值。</remarks>
    /// <param name="year" example="2026">年份。</param>
    /// <param name="revision">较早的版本。</param>
    internal static Task<IResult> YearXlsx(YearParameter year, int? revision, HttpContext http, DocumentDesk desk) =>
        Year(year, revision, null, http, desk, paper => new OfficeFile(AwardXlsx.Bytes(paper), XlsxFile.MediaType,
            $"reward-list-{year.Year}.xlsx", NameOf($"{year.Year}年度奖励名单", paper.Mark, ".xlsx")));

    private static Task<IResult> Quarter(QuarterParameter quarter, CodeParameter<LeagueTier>? tier, int? revision, string? number, HttpContext http, DocumentDesk desk,
        Func<QuarterPaper, IResult> file) => DocumentNumber.Checked(number, given =>
        desk.Make(async () => Answer.Of(await desk.Quarter(quarter.Quarter, tier?.Value, revision, given), file), http.RequestAborted));

    private static Task<IResult> Year(YearParameter year, int? revision, string? number, HttpContext http, DocumentDesk desk, Func<YearPaper, IResult> file) =>
        DocumentNumber.Checked(number, given => desk.Make(async () => Answer.Of(await desk.Year(year.Year, revision, given), file), http.RequestAborted));

    private static string NameOf(string name, string? mark, string ending) => $"{name}{(mark is null ? "" : $"【{mark}】")}{ending}";
}
