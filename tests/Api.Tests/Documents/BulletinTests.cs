using System.Globalization;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace Hotline.Api;

/// <summary>The month's bulletin and figures over HTTP.</summary>
public sealed class BulletinTests(HotlineApp app)
{
    [Fact]
    public async Task Draft_BecomesPublished_AndStaysByteForByte()
    {
        var month = await Month(2012, "文档通报");
        var address = $"/api/v1/league-tables/{month.Month}/bulletin.docx?tier=brigade";

        var draft = await Download(address);
        Assert.Equal("attachment; filename=\"bulletin-2012-05.docx\"; filename*=UTF-8''2012%E5%B9%B45%E6%9C%88%E5%A4%A7%E9%98%9F12345%E7%83%AD%E7%BA%BF%E5%B7%A5%E5%8D%95"
            + "%E5%8A%9E%E7%90%86%E6%83%85%E5%86%B5%E9%80%9A%E6%8A%A5%E3%80%90%E8%8D%89%E7%A8%BF%EF%BC%88%E6%9C%AA%E5%85%AC%E5%B8%83%EF%BC%89%E3%80%91.docx", draft.Disposition);
        Assert.Contains("草稿（未公布）", Text(draft.Content), StringComparison.Ordinal);

        await month.Publish();
        var first = await Download(address + "&number=" + Uri.EscapeDataString("长公通〔2012〕31号"));
        var second = await Download(address + "&number=" + Uri.EscapeDataString("长公通〔2012〕31号"));

        Assert.Equal(first.Content, second.Content);
        Assert.Equal(first.Tag, second.Tag);
        var text = Text(first.Content);
        Assert.DoesNotContain("草稿", text, StringComparison.Ordinal);
        Assert.Contains("长公通〔2012〕31号", text, StringComparison.Ordinal);
        Assert.Contains((await month.Table())["contentHash"]!.GetValue<string>(), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_OpenToTheTicketsBehindThem_WithoutPersons()
    {
        var month = await Month(2013, "文档数字");
        await month.Publish();

        var file = await Download($"/api/v1/league-tables/{month.Month}/figures.xlsx?tier=brigade");

        using var book = SpreadsheetDocument.Open(new MemoryStream(file.Content), false);
        Assert.Equal("", string.Join('\n', new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(book).Select(e => e.Description)));
        var sheets = book.WorkbookPart!.Workbook!.Descendants<Sheet>().ToDictionary(s => s.Name!.Value!, s => ((WorksheetPart)book.WorkbookPart.GetPartById(s.Id!)).Worksheet!);
        string[][] Cells(string sheet) => [.. sheets[sheet].Descendants<Row>().Select(r => r.Elements<Cell>().Select(c => c.InnerText).ToArray())];
        var listed = Cells("工单明细").Where(r => r.Length > 10 && r[1].StartsWith("文档数字", StringComparison.Ordinal)).ToArray();
        var row = (await month.Table())["rows"]!.AsArray().Single(r => r!["unit"]!["code"]!.GetValue<string>() == "文档数字甲")!;
        Assert.Equal(9, listed.Length);
        Assert.Equal(row["replyRate"]!["numerator"]!.GetValue<int>(), listed.Where(r => r[1] == "文档数字甲").Sum(r => int.Parse(r[7], CultureInfo.InvariantCulture)));
        Assert.DoesNotContain(Cells("工单明细"), r => r.Any(c => c.Contains("不一致", StringComparison.Ordinal) || c.Contains("标题", StringComparison.Ordinal)));
        var shown = Cells("大队").Single(r => r.Length > 3 && r[1] == "文档数字甲")[3];
        Assert.Equal(row["score"]!.GetValue<decimal>(), decimal.Parse(shown, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task PublishedFigures_StayByteForByte_WhenALaterFileTellsOfTheirMonth()
    {
        var month = await Month(2011, "文档后补");
        await month.Publish();
        var address = $"/api/v1/league-tables/{month.Month}/figures.xlsx?tier=brigade";
        var first = await Download(address);

        month.Tickets("文档后补甲", 2, "不满意", late: true);
        await month.Import();

        Assert.Equal(first.Content, (await Download(address)).Content);
    }

    [Fact]
    public async Task UnitsPeople_SeeTheirOwnTicketsOnly()
    {
        var month = await Month(2017, "文档单位");
        var made = await app.Client.Post("/api/v1/api-keys", new JsonObject { ["name"] = app.Unique("own"), ["roles"] = new JsonArray("unitHandler"), ["unit"] = "文档单位甲" });
        var key = made["key"]!.GetValue<string>();
        var address = $"/api/v1/league-tables/{month.Month}/figures.xlsx?tier=brigade";

        using var book = SpreadsheetDocument.Open(new MemoryStream((await Download(address, key)).Content), false);

        var text = string.Concat(book.WorkbookPart!.WorksheetParts.Select(w => w.Worksheet!.InnerText));
        Assert.Contains("2017-001", text, StringComparison.Ordinal);
        Assert.DoesNotContain("2017-009", text, StringComparison.Ordinal);
        Assert.Contains("只列出本单位的工单。", text, StringComparison.Ordinal);
        (await app.With(key).Get(address + "&unit=" + Uri.EscapeDataString("文档单位乙"))).IsProblem(404, "unit.unknown");
    }

    [Fact]
    public async Task WithoutATier_AllTablesThatCountAreInOneDocument()
    {
        var text = Text((await Download("/api/v1/league-tables/2019-01/bulletin.docx")).Content);

        Assert.Contains("2019年1月派出所排名表", text, StringComparison.Ordinal);
        Assert.Contains("2019年1月大队排名表", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bulletin.docx?revision=1", 400, "tier.required")]
    [InlineData("bulletin.docx?tier=station&revision=7", 404, "not-found")]
    [InlineData("figures.xlsx?tier=mayor", 400, "validation.enum")]
    [InlineData("figures.xlsx?unit=%E6%B2%A1%E6%9C%89", 404, "unit.unknown")]
    [InlineData("bulletin.docx?number=%07", 400, "text.control-char")]
    public async Task WrongQuestions_AreRefused(string query, int status, string code) =>
        (await app.Client.Get("/api/v1/league-tables/2019-01/" + query)).IsProblem(status, code);

    /// <summary>A past month of two brigades: six tickets, one of them late, and three.</summary>
    private async Task<HistoryMonth> Month(int year, string unit)
    {
        var month = new HistoryMonth(app, year);
        await month.Unit(unit + "甲");
        await month.Unit(unit + "乙");
        month.Tickets(unit + "甲", 5);
        month.Tickets(unit + "甲", 1, "基本满意", late: true);
        month.Tickets(unit + "乙", 3, "不满意");
        await month.Import();
        return month;
    }

    private static string Text(byte[] content)
    {
        using var word = WordprocessingDocument.Open(new MemoryStream(content), false);
        Assert.Equal("", string.Join('\n', new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(word).Select(e => e.Description)));
        return word.MainDocumentPart!.Document!.InnerText + string.Concat(word.MainDocumentPart.HeaderParts.Select(h => h.Header!.InnerText));
    }

    private async Task<(byte[] Content, string Disposition, string Tag)> Download(string address, string key = HotlineApp.BootstrapKey)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", key);
        using var answer = await http.GetAsync(app.Host.Urls.First() + address);
        var content = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.IsSuccessStatusCode, System.Text.Encoding.UTF8.GetString(content));
        return (content, answer.Content.Headers.GetValues("Content-Disposition").Single(), answer.Headers.ETag!.Tag);
    }
}
