using System.IO.Compression;

namespace Hotline.Api;

/// <summary>The quarter's and the year's documents over HTTP.</summary>
public sealed class AwardDocumentApiTests(HotlineApp app)
{
    [Theory]
    [InlineData("quarters/2019-Q4/excellent-units.docx", "word/document.xml", "excellent-units-2019-Q4.docx")]
    [InlineData("quarters/2019-Q4/excellent-units.xlsx?tier=station", "xl/workbook.xml", "excellent-units-2019-Q4.xlsx")]
    [InlineData("years/2019/reward-list.docx", "word/document.xml", "reward-list-2019.docx")]
    [InlineData("years/2019/reward-list.xlsx", "xl/workbook.xml", "reward-list-2019.xlsx")]
    public async Task Preview_IsADraftFile(string address, string part, string name)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", await app.NewKey("viewer"));
        using var answer = await http.GetAsync($"{app.Host.Urls.First()}/api/v1/{address}");

        Assert.Equal(200, (int)answer.StatusCode);
        var disposition = answer.Content.Headers.GetValues("Content-Disposition").Single();
        Assert.StartsWith($"attachment; filename=\"{name}\"; filename*=UTF-8''2019%E5%B9%B4", disposition, StringComparison.Ordinal);
        Assert.Contains(Uri.EscapeDataString("草稿（未批准）"), disposition, StringComparison.Ordinal);
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        Assert.NotNull(zip.GetEntry(part));
    }

    [Theory]
    [InlineData("quarters/2019-Q4/excellent-units.docx?revision=1", 400, "tier.required")]
    [InlineData("quarters/2019-Q4/excellent-units.docx?tier=station&revision=9", 404, "not-found")]
    [InlineData("years/2019/reward-list.docx?revision=9", 404, "not-found")]
    public async Task WrongQuestions_AreRefused(string address, int status, string code) => (await app.Client.Get("/api/v1/" + address)).IsProblem(status, code);
}
