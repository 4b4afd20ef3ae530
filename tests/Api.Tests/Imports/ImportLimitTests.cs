using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Hotline.Imports;
using Hotline.Storage;

namespace Hotline.Api;

/// <summary>What a file, a client or a broken connection cannot do to the imports of others. Each test has a service of its own: imports run one by one.</summary>
public sealed class ImportLimitTests(PostgresServer server)
{
    private const string Header = "工单编号,诉求性质,标题,登记时间,承办单位,派单时间,答复时间,审核时间,回访时间,回访结果\n";
    private const int Many = 30_000;

    [Fact]
    public async Task WorkbookOfTwoKilobytesWithARowFarDown_FailsAtOnce_AndTheNextImportGoesOn()
    {
        await using var app = await Start(false);
        var bomb = XlsxFile.Of("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>");
        var watch = Stopwatch.StartNew();
        var failed = await Ended(app, await Upload(app.Client, bomb));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal("failed", failed["status"]!.GetValue<string>());
        Assert.Matches("\\p{IsCJKUnifiedIdeographs}", failed["failure"]!["message"]!.GetValue<string>());
        Assert.Equal("completed", (await Ended(app, await Upload(app.Client, Rows("A", 3))))["status"]!.GetValue<string>());
        await NoFileIsLeft(app);
    }

    [Fact]
    public async Task NoncharacterInACell_IsItsRowsError()
    {
        await using var app = await Start(false);
        var file = Encoding.UTF8.GetBytes(Header + Row("A1") + Row("A2").Replace("噪声", "噪\uFFFE声", StringComparison.Ordinal) + Row("A3").Replace("噪声", "噪\uFFFF声", StringComparison.Ordinal));

        var ended = await Ended(app, await Upload(app.Client, file));

        Assert.Equal(("completed", 1, 2), (ended["status"]!.GetValue<string>(), ended["accepted"]!.GetValue<int>(), ended["rejected"]!.GetValue<int>()));
        Assert.All(ended["errors"]!.AsArray(), e => Assert.Equal("text.noncharacter", e!["code"]!.GetValue<string>()));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task CancelledImports_StopAtOnce_KeepWhatWasAccepted_AndLeaveNoFile(bool onPostgres)
    {
        await using var app = await Start(onPostgres);
        var running = (await Upload(app.Client, Rows("R", Many))).Headers["Location"];
        var waiting = (await Upload(app.Client, Rows("W", 2))).Headers["Location"];
        await Until(app, running, view => view["rows"]!.GetValue<int>() > 0);

        var notBegun = await app.Client.Post(waiting + "/cancel", new JsonObject());
        Assert.Equal(("cancelled", 0), (notBegun["status"]!.GetValue<string>(), notBegun["rows"]!.GetValue<int>()));
        Assert.Equal(200, (await app.Client.Post(running + "/cancel", new JsonObject())).Status);

        Assert.Equal("completed", (await Ended(app, await Upload(app.Client, Rows("N", 2))))["status"]!.GetValue<string>());
        var stopped = (await app.Client.Get(running)).Body;
        Assert.Equal("cancelled", stopped["status"]!.GetValue<string>());
        Assert.InRange(stopped["accepted"]!.GetValue<int>(), 1, Many - 1);
        var again = await Ended(app, await Upload(app.Client, Rows("R", 5)));
        Assert.Equal((5, 0), (again["accepted"]!.GetValue<int>(), again["changed"]!.GetValue<int>()));
        await NoFileIsLeft(app);
    }

    [Fact]
    public async Task Cancelling_IsForThoseWhoImport_OncePerKey_AndNotForWhatHasEnded()
    {
        await using var app = await Start(false);
        var running = (await Upload(app.Client, Rows("R", Many))).Headers["Location"];

        Assert.Equal(403, (await (await app.WithRoles("viewer")).Post(running + "/cancel", new JsonObject())).Status);
        (await app.Client.Send("POST", running + "/cancel", null)).IsProblem(400, "idempotency.missing");
        (await app.Client.Post("/api/v1/imports/0123456789abcdef01234567/cancel", new JsonObject())).IsProblem(404, "not-found");
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = await app.Client.Post(running + "/cancel", new JsonObject(), key);
        var replayed = await app.Client.Post(running + "/cancel", new JsonObject(), key);
        Assert.Equal((200, first.Text, "true"), (replayed.Status, replayed.Text, replayed.Headers["Idempotency-Replayed"]));
        Assert.Equal("cancelled", (await (await app.WithRoles("dispatcher")).Post(running + "/cancel", new JsonObject()))["status"]!.GetValue<string>());
        Assert.Contains((await app.Client.Get("/api/v1/imports"))["items"]!.AsArray(), i => i!["status"]!.GetValue<string>() == "cancelled");

        var done = (await Upload(app.Client, Rows("D", 1))).Headers["Location"];
        await Until(app, done, view => view["status"]!.GetValue<string>() == "completed");
        (await app.Client.Post(done + "/cancel", new JsonObject())).IsProblem(409, "import.ended");
    }

    [Fact]
    public async Task SixthUnfinishedImportOfAKey_IsRefused_UntilOneEnds()
    {
        await using var app = await Start(false);
        var running = (await Upload(app.Client, Rows("R", Many))).Headers["Location"];
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(202, (await Upload(app.Client, Rows("W", 1))).Status);
        }

        var sixth = await Upload(app.Client, Rows("W", 1));

        sixth.IsProblem(429, "import.too-many");
        Assert.NotEqual("0", sixth.Headers["Retry-After"]);
        Assert.Equal(202, (await Upload(await app.WithRoles("administrator"), Rows("W", 1))).Status);
        await app.Client.Post(running + "/cancel", new JsonObject());
        Assert.Equal(202, (await Upload(app.Client, Rows("W", 1))).Status);
    }

    [Fact]
    public async Task UploadThatBreaksOff_LeavesNoFile_AndCountsNoLonger()
    {
        await using var app = await Start(false);
        for (var i = 0; i < 6; i++)
        {
            using var form = new MultipartFormDataContent { { new BreakingOff(app), "file", "half.csv" } };
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => app.Client.Send("POST", "/api/v1/imports", form, ("Idempotency-Key", Guid.NewGuid().ToString())));
            await NoFileIsLeft(app);
        }

        Assert.Equal("completed", (await Ended(app, await Upload(app.Client, Rows("A", 1))))["status"]!.GetValue<string>());
    }

    private async Task<HotlineApp> Start(bool onPostgres)
    {
        var app = new HotlineApp(onPostgres ? await server.NewDatabase() : null);
        await app.InitializeAsync();
        return app;
    }

    private static byte[] Rows(string start, int count) => Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Range(1, count).Select(n => Row(start + n))));

    private static string Row(string no) =>
        $"{no},投诉,夜间施工噪声,2025-06-03 09:00:00,甲派出所,2025-06-03 09:30:00,2025-06-03 15:00:00,2025-06-03 16:00:00,2025-06-04 10:00:00,满意\n";

    private static async Task<HotlineAnswer> Upload(HotlineClient client, byte[] file)
    {
        using var form = new MultipartFormDataContent { { HotlineClient.Bytes(file, "text/csv"), "file", "history.csv" } };
        return await client.Send("POST", "/api/v1/imports", form, ("Idempotency-Key", Guid.NewGuid().ToString()));
    }

    private static Task<JsonNode> Ended(HotlineApp app, HotlineAnswer accepted) =>
        Until(app, accepted.Headers["Location"], view => view["status"]!.GetValue<string>() != "running");

    private static async Task<JsonNode> Until(HotlineApp app, string address, Func<JsonNode, bool> isSo)
    {
        for (var asked = 0; asked < 600; asked++)
        {
            if ((await app.Client.Get(address)).Body is var view && isSo(view))
            {
                return view;
            }
            await Task.Delay(50);
        }
        throw new TimeoutException("It did not come to that within 30 seconds.");
    }

    private static async Task NoFileIsLeft(HotlineApp app)
    {
        for (var asked = 0; asked < 100 && Files(app).Length > 0; asked++)
        {
            await Task.Delay(50);
        }
        Assert.Empty(Files(app));
    }

    private static string[] Files(HotlineApp app) => Directory.Exists(Path.Combine(app.Folder, "imports")) ? Directory.GetFiles(Path.Combine(app.Folder, "imports")) : [];

    /// <summary>A megabyte, and when the service has begun to keep it the connection is gone.</summary>
    private sealed class BreakingOff(HotlineApp app) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[1 << 20]);
            await stream.FlushAsync();
            for (var asked = 0; asked < 200 && Files(app).Length == 0; asked++)
            {
                await Task.Delay(25);
            }
            Assert.Single(Files(app));
            throw new IOException("The sender left.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
