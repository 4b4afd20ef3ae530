using System.Text;
using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>Media types, sizes, methods, headers.</summary>
public sealed class RequestFormTests(HotlineApp app)
{
    private static readonly byte[] Unit = Encoding.UTF8.GetBytes("""{"name":"不应建立","tier":"station"}""");

    [Theory]
    [InlineData("", "media.unsupported")]
    [InlineData("text/plain", "media.unsupported")]
    [InlineData("application/xml", "media.unsupported")]
    [InlineData("multipart/form-data; boundary=x", "media.unsupported")]
    [InlineData("application/json; charset=gb18030", "charset.unsupported")]
    [InlineData("application/json; charset=utf-16", "charset.unsupported")]
    public async Task OtherMedia_AreRefused(string contentType, string code) =>
        (await app.Client.Send("PUT", "/api/v1/units/MEDIA", HotlineClient.Bytes(Unit, contentType))).IsProblem(415, code);

    /// <summary>The client asks before it sends: who sends without asking may find the connection closed before it reads the answer.</summary>
    [Fact]
    public async Task BodyOverOneMebibyte_IsRefused()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"name":"{{new string('x', 1 << 20)}}","tier":"station"}""");
        (await app.Client.Send("PUT", "/api/v1/units/BIG", HotlineClient.Bytes(body), ("Expect", "100-continue"))).IsProblem(413, "body.too-large");
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task OtherMethods_AreRefused(string method) =>
        (await app.Client.Send(method, "/api/v1/units/DG", HotlineClient.Bytes(Unit), ("Idempotency-Key", "k"), ("X-HTTP-Method-Override", "PUT"))).IsProblem(405, "method.not-allowed");

    [Theory]
    [InlineData("garbage")]
    [InlineData("3")]
    [InlineData("\"3\", \"4\"")]
    public async Task IfMatch_ThatIsNoTag_IsRefused(string header) =>
        (await app.Client.Put("/api/v1/units/TAG", new JsonObject { ["name"] = "不应建立", ["tier"] = "station" }, ("If-Match", header))).IsProblem(400, "precondition.malformed");

    [Theory]
    [InlineData("/api/v1/units/..%2f..%2fetc%2fpasswd", 404)]
    [InlineData("/api/v1/units/%20DG", 404)]
    [InlineData("/api/v1/units/DG'%20or%201=1--", 404)]
    [InlineData("/api/v1/calendar/2026x", 404)]
    [InlineData("/api/v1/calendar/99999999999", 404)]
    public async Task AddressThatCannotBeOne_HoldsNothing(string path, int status) => Assert.Equal(status, (await app.Client.Get(path)).Status);

    [Fact]
    public async Task CaseData_IsNeverCachedOrFramed()
    {
        var answer = await app.Client.Get("/api/v1/units");
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Contains("frame-ancestors 'none'", answer.Headers["Content-Security-Policy"]);
        Assert.DoesNotContain("Server", answer.Headers.Keys);
    }
}
