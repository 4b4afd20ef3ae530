using System.Text;
using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>Every row of bad-bodies.json is sent to a real endpoint.</summary>
public sealed class StrictJsonTests(HotlineApp app)
{
    private const string Path = "/api/v1/units/STRICT";

    public static TheoryData<string> Names => [.. Corpus.Select(c => c["name"]!.GetValue<string>())];

    private static JsonObject[] Corpus { get; } = [.. Read()];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task BadBody_IsRefusedWithItsCode(string name)
    {
        var row = Corpus.Single(c => c["name"]!.GetValue<string>() == name);
        var body = row["base64"] is { } base64 ? Convert.FromBase64String(base64.GetValue<string>()) : Encoding.UTF8.GetBytes(row["body"]!.GetValue<string>());
        var answer = await app.Client.Send("PUT", Path, HotlineClient.Bytes(body));
        answer.IsProblem(400, row["code"]!.GetValue<string>());
        Assert.Equal(row["pointer"]?.GetValue<string>() ?? "", answer["errors"]![0]!["pointer"]!.GetValue<string>());
        Assert.Equal(404, (await app.Client.Get(Path)).Status);
    }

    [Fact]
    public async Task AllMistakes_AreNamedAtOnce()
    {
        var answer = await app.Client.Send("PUT", Path, HotlineClient.Bytes("""{"name":"","tier":"x","surplus":1,"activeTo":"never"}"""u8.ToArray()));
        Assert.Equal(["/name", "/tier", "/surplus", "/activeTo"], answer["errors"]!.AsArray().Select(e => e!["pointer"]!.GetValue<string>()));
    }

    [Fact]
    public async Task OffendingValue_IsNeverEchoed()
    {
        const string Secret = "13800001234";
        var answer = await app.Client.Send("PUT", Path, HotlineClient.Bytes(Encoding.UTF8.GetBytes($$"""{"name":"{{Secret}}\u0000","tier":"{{Secret}}","activeFrom":"{{Secret}}"}""")));
        Assert.Equal(3, answer["errors"]!.AsArray().Count);
        Assert.DoesNotContain(Secret, answer.Text);
    }

    [Fact]
    public async Task ByteOrderMark_IsAccepted()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($$"""{"name":"{{app.Unique("带签名")}}","tier":"station"}""")];
        Assert.Equal(201, (await app.Client.Send("PUT", "/api/v1/units/" + app.Unique("BOM"), HotlineClient.Bytes(body))).Status);
    }

    [Fact]
    public async Task Depth16_IsNotTooDeep() =>
        (await app.Client.Send("PUT", Path, HotlineClient.Bytes(Encoding.UTF8.GetBytes("{\"x\":" + new string('[', 15) + new string(']', 15) + "}")))).IsProblem(400, "json.unknown-field");

    [Fact]
    public async Task DepthOfAHundredThousand_IsRefusedQuietly() =>
        (await app.Client.Send("PUT", Path, HotlineClient.Bytes(Encoding.UTF8.GetBytes(new string('[', 100_000))))).IsProblem(400, "json.malformed");

    [Theory]
    [InlineData(64, 201)]
    [InlineData(65, 400)]
    public async Task Length_CountsCodePoints(int codePoints, int status)
    {
        var number = app.Unique("");
        var name = number + string.Concat(Enumerable.Repeat("𠮷", codePoints - number.Length));
        var answer = await app.Client.Put("/api/v1/units/" + app.Unique("LONG"), new JsonObject { ["name"] = name, ["tier"] = "station" });
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 400 ? "text.too-long" : name, status == 400 ? answer.Code : answer["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("䶮家庄")]
    [InlineData("𠮷祥路")]
    [InlineData("㛃水")]
    [InlineData("𬭚矿")]
    [InlineData("买买提·吐尔逊")]
    [InlineData("买买提•吐尔逊")]
    [InlineData("买买提・吐尔逊")]
    [InlineData("１２号ＡＢ")]
    public async Task RareCharacters_ComeBackAsSent(string name)
    {
        var unit = await app.Client.Put("/api/v1/units/" + app.Unique("RARE"), new JsonObject { ["name"] = app.Unique(name), ["tier"] = "station", ["head"] = name });
        Assert.Equal(name, unit["head"]!.GetValue<string>());
    }

    [Fact]
    public async Task Text_IsKeptComposed()
    {
        var unit = await app.Client.Put("/api/v1/units/" + app.Unique("NFC"), new JsonObject { ["name"] = app.Unique("组合"), ["tier"] = "station", ["head"] = "Jose\u0301" });
        Assert.Equal("Jos\u00e9", unit["head"]!.GetValue<string>());
    }

    private static IEnumerable<JsonObject> Read() =>
        JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Json", "bad-bodies.json")))!.AsArray().Select(row => row!.AsObject());
}
