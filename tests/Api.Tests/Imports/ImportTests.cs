using System.Text;
using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>History files through HTTP: what a person uploads, follows and reads back.</summary>
public sealed class ImportTests(HotlineApp app)
{
    private const string Header = "工单编号,诉求性质,标题,登记时间,承办单位,派单时间,签收时间,答复时间,审核时间,回访时间,回访结果";
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;

    /// <summary>Handled in time by a unit of the test's own, called back as satisfied.</summary>
    private static string Finished(string no, string unit, string result = "满意") => $"{Begun(no, unit)},2025-06-03 10:00:00,2025-06-03 15:00:00,2025-06-03 16:00:00,2025-06-04 10:00:00,{result}";

    private static string Begun(string no, string unit) => $"{no},投诉,夜间施工噪声,2025-06-03 09:00:00,{unit},2025-06-03 09:30:00";

    [Fact]
    public async Task FileWithAGoodAndABadRow_BringsTheGoodOne_AndNamesTheBadOnesRowColumnAndReason()
    {
        var (no, unit) = (app.Unique("IMP"), app.Unique("导入派出所"));
        var done = await Import($"{Header}\n{Finished(no, unit)}\n{Finished(no + "b", unit, "很满意")}\n");

        Assert.Equal(("completed", 2, 1, 1), Figures(done));
        var error = Assert.Single(done["errors"]!.AsArray())!;
        Assert.Equal((3, "回访结果"), (error["row"]!.GetValue<int>(), error["column"]!.GetValue<string>()));
        Assert.Matches("\\p{IsCJKUnifiedIdeographs}", error["message"]!.GetValue<string>());
        var ticket = await Ticket(no);
        Assert.Equal(("closed", unit), (ticket["status"]!.GetValue<string>(), ticket["unit"]!.GetValue<string>()));
        Assert.Empty((await app.Client.Get($"/api/v1/tickets?externalNo={no}b"))["items"]!.AsArray());
    }

    [Fact]
    public async Task SameFileTwice_ChangesNothing()
    {
        var no = app.Unique("IMP");
        var file = $"{Header}\n{Finished(no, app.Unique("两次派出所"))}\n";
        await Import(file);
        var before = await Events(no);

        var again = await Import(file);

        Assert.Equal(("completed", 1, 1, 0), Figures(again));
        Assert.Equal(0, again["changed"]!.GetValue<int>());
        Assert.Equal(before, await Events(no));
    }

    [Fact]
    public async Task LaterFileWithLaterInstants_CompletesTheTicket()
    {
        var (no, unit) = (app.Unique("IMP"), app.Unique("补充派出所"));
        await Import($"{Header}\n{Begun(no, unit)},,,,,\n", "&keepOpen=true");
        Assert.Equal("awaitingAcceptance", (await Ticket(no))["status"]!.GetValue<string>());

        var later = await Import($"{Header}\n{Finished(no, unit)}\n");

        Assert.Equal(("completed", 1, 1, 0), Figures(later));
        Assert.Equal("closed", (await Ticket(no))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task RowThatContradictsTheTicket_IsRefused_AndMakesNoUnitOfItsName()
    {
        var (no, unit, stranger) = (app.Unique("IMP"), app.Unique("原派出所"), app.Unique("错写派出所"));
        await Import($"{Header}\n{Finished(no, unit)}\n");

        var second = await Import($"{Header}\n{Finished(no, stranger)}\n");

        Assert.Equal(("completed", 1, 0, 1), Figures(second));
        Assert.Equal("row.conflict", second["errors"]![0]!["code"]!.GetValue<string>());
        Assert.Equal(404, (await app.Client.Get("/api/v1/units/" + Uri.EscapeDataString(stranger))).Status);
        Assert.Equal(unit, (await Ticket(no))["unit"]!.GetValue<string>());
    }

    [Fact]
    public async Task Gb18030File_IsReadWithItsCharset_AndRefusedWithoutIt()
    {
        var (no, unit) = (app.Unique("IMP"), app.Unique("国标派出所"));
        var bytes = Gb18030.GetBytes($"{Header}\n{Finished(no, unit)}\n");

        var misread = await Follow(await Upload(bytes, ""));
        Assert.Equal("failed", misread["status"]!.GetValue<string>());
        var read = await Follow(await Upload(bytes, "&charset=gb18030"));

        Assert.Equal(("completed", 1, 1, 0), Figures(read));
        Assert.Equal("夜间施工噪声", (await Ticket(no))["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task RepeatedUploadWithTheSameKey_IsTheSameImport_AndAnotherFileIsRefused()
    {
        var key = Guid.NewGuid().ToString();
        var file = Encoding.UTF8.GetBytes($"{Header}\n{Finished(app.Unique("IMP"), app.Unique("同键派出所"))}\n");
        var first = await Upload(file, "", key);
        var second = await Upload(file, "", key);

        Assert.Equal((202, 202), (first.Status, second.Status));
        Assert.Equal(first["id"]!.GetValue<string>(), second["id"]!.GetValue<string>());
        Assert.Equal("true", second.Headers["Idempotency-Replayed"]);
        (await Upload(Encoding.UTF8.GetBytes($"{Header}\n{Finished(app.Unique("IMP"), app.Unique("同键派出所"))}\n"), "", key)).IsProblem(422, "idempotency.mismatch");
    }

    [Fact]
    public async Task ErrorsOfAnImport_CanBeTakenHomeAsCsv()
    {
        var done = await Import($"{Header}\n,投诉,缺编号,2025-06-03 09:00:00,某派出所,2025-06-03 09:30:00,,,,,\n");
        var csv = await app.Client.Get($"/api/v1/imports/{done["id"]!.GetValue<string>()}/errors.csv");

        Assert.Equal((200, "text/csv"), (csv.Status, csv.MediaType));
        Assert.Contains("工单编号", csv.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("viewer", 403)]
    [InlineData("callbackOfficer", 403)]
    [InlineData("dispatcher", 403)]
    [InlineData("commandSystem", 403)]
    [InlineData("administrator", 202)]
    public async Task History_IsImportedByAdministratorsOnly(string role, int status)
    {
        var client = await app.WithRoles(role);
        var file = Encoding.UTF8.GetBytes($"{Header}\n{Finished(app.Unique("IMP"), app.Unique("授权派出所"))}\n");
        Assert.Equal(status, (await Upload(file, "", client: client)).Status);
    }

    [Fact]
    public async Task UploadWithoutAFile_IsRefused()
    {
        using var empty = new MultipartFormDataContent { { new StringContent("x"), "note" } };
        (await app.Client.Send("POST", "/api/v1/imports?kind=history", empty, ("Idempotency-Key", Guid.NewGuid().ToString()))).IsProblem(400, "file.missing");
        (await app.Client.Post("/api/v1/imports?kind=history", new JsonObject())).IsProblem(415, "media.unsupported");
    }

    private async Task<JsonNode> Import(string text, string more = "") => await Follow(await Upload(Encoding.UTF8.GetBytes(text), more));

    private async Task<HotlineAnswer> Upload(byte[] file, string more, string? key = null, HotlineClient? client = null)
    {
        using var form = new MultipartFormDataContent { { HotlineClient.Bytes(file, "text/csv"), "file", "history.csv" } };
        return await (client ?? app.Client).Send("POST", "/api/v1/imports?kind=history" + more, form, ("Idempotency-Key", key ?? Guid.NewGuid().ToString()));
    }

    private async Task<JsonNode> Follow(HotlineAnswer accepted)
    {
        Assert.Equal(202, accepted.Status);
        for (var asked = 0; asked < 300; asked++)
        {
            var view = (await app.Client.Get(accepted.Headers["Location"])).Body;
            if (view["status"]!.GetValue<string>() != "running")
            {
                return view;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException("The import did not end within 30 seconds.");
    }

    private static (string Status, int Rows, int Accepted, int Rejected) Figures(JsonNode view) =>
        (view["status"]!.GetValue<string>(), view["rows"]!.GetValue<int>(), view["accepted"]!.GetValue<int>(), view["rejected"]!.GetValue<int>());

    private async Task<JsonNode> Ticket(string no) =>
        (await app.Client.Get("/api/v1/tickets/" + Assert.Single((await app.Client.Get($"/api/v1/tickets?externalNo={no}"))["items"]!.AsArray())!["id"]!.GetValue<string>())).Body;

    private async Task<string> Events(string no) => (await app.Client.Get($"/api/v1/tickets/{(await Ticket(no))["id"]!.GetValue<string>()}/events")).Text;
}
