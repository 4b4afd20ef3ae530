using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hotline.Storage;

namespace Hotline.Api;

/// <summary>Characters that break something somewhere, in every text of every request that the document shows, and in every part of every address.</summary>
public sealed class FuzzTests(PostgresServer server)
{
    /// <summary>Never part of a text. Half a pair cannot be written in UTF-8: it comes as an escape.</summary>
    private static readonly string[] Refused = ["\0", "\u001B[31m", "\u0085", "\u2028", "\uFFFE", "\uFFFF", "\uFDD0", "\uFDEF", "\U0001FFFE", "\U0010FFFF", "\\ud800"];

    /// <summary>Rare, but text, at least in some fields.</summary>
    private static readonly string[] Odd = ["\u4DAE", "\U00020BB7", "\U0002B6DA", "\u00B7", "\u2022", "\u30FB", "１Ａ", "e\u0301", "\u202E", "\u200B", "\uFFFD", "\uE78D",
        "\U0001F468\u200D\U0001F469", "' or 1=1--", "%_\\\\", "<script>", "=1+1", new string('长', 30_000)];

    [Theory, InlineData(false), InlineData(true)]
    public async Task OddCharacters_AreRefusedOrTaken_AndNeverAFault(bool onPostgres)
    {
        await using var app = new HotlineApp(onPostgres ? await server.NewDatabase() : null);
        await app.InitializeAsync();
        var wrong = new List<string>();
        var sent = 0;
        foreach (var (method, path, body) in Requests((await app.With(null).Get("/swagger/v1/swagger.json")).Body))
        {
            foreach (var (text, isRefused) in Refused.Select(t => (t, true)).Concat(Odd.Select(t => (t, false))))
            {
                foreach (var changed in Changed(body, text))
                {
                    var answer = await app.Client.Send(method, path, HotlineClient.Bytes(changed), ("Idempotency-Key", Guid.NewGuid().ToString()));
                    sent++;
                    if (answer.Status >= 500 || (isRefused && answer.Status != 400))
                    {
                        wrong.Add($"{answer.Status} {answer.Code} {method} {path} {Encoding.UTF8.GetString(changed)}");
                    }
                }
            }
        }

        Assert.True(sent > 3_000, $"Only {sent} requests were sent.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(5).Select(w => w[..Math.Min(w.Length, 300)])));
        Assert.Equal([], await Addresses(app));
    }

    [Theory]
    [InlineData("%EF%BF%BE")]
    [InlineData("%00")]
    [InlineData("%F4%8F%BF%BF")]
    public async Task PersonsAndFilesNames_AreTexts(string bad)
    {
        await using var app = new HotlineApp(null);
        await app.InitializeAsync();
        (await app.Client.Get("/api/v1/units", ("X-Acting-For", "a" + bad))).IsProblem(400, "auth.acting-malformed");

        using var form = new MultipartFormDataContent();
        var file = HotlineClient.Bytes("x"u8.ToArray(), "text/csv");
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=file; filename*=UTF-8''a{bad}.csv");
        form.Add(file);
        var answer = await app.Client.Send("POST", "/api/v1/imports", form, ("Idempotency-Key", Guid.NewGuid().ToString()));
        Assert.Equal(bad == "%00" ? 202 : 400, answer.Status);
    }

    /// <summary>Every path part and every query parameter with a character that is none.</summary>
    private static async Task<List<string>> Addresses(HotlineApp app)
    {
        var wrong = new List<string>();
        foreach (var (path, operations) in (await app.With(null).Get("/swagger/v1/swagger.json"))["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                var names = operation!["parameters"]?.AsArray().Where(p => p!["in"]!.GetValue<string>() is "query" or "path")
                    .Select(p => (Name: p!["name"]!.GetValue<string>(), InPath: p["in"]!.GetValue<string>() == "path", Type: p["schema"]!["type"]?.GetValue<string>())) ?? [];
                foreach (var (name, inPath, type) in names)
                {
                    var address = inPath ? Filled(path.Replace($"{{{name}}}", "a%EF%BF%BE", StringComparison.Ordinal)) : Filled(path) + $"?{name}=a%EF%BF%BE";
                    var answer = await app.Client.Send(method.ToUpperInvariant(), address, null, ("Idempotency-Key", Guid.NewGuid().ToString()));
                    // An address with a number in it is none without one.
                    if ((answer.Status, answer.Code) != (400, "text.noncharacter") && !(inPath && type == "integer" && answer.Status == 404))
                    {
                        wrong.Add($"{method} {address}: {answer.Status} {answer.Code}");
                    }
                }
            }
        }

        return wrong;
    }

    private static IEnumerable<(string Method, string Path, JsonNode Body)> Requests(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        let example = operation.Value!["requestBody"]?["content"]?["application/json"]?["example"]
        where example is not null
        select (operation.Key.ToUpperInvariant(), Filled(path.Key), example);

    private static string Filled(string path) =>
        Regex.Replace(path.Replace("{year}", "2027", StringComparison.Ordinal).Replace("{month}", "2026-10", StringComparison.Ordinal), "\\{[^}]+\\}", "2026-Q3");

    /// <summary>The body once for each of its texts, with this behind it.</summary>
    private static IEnumerable<byte[]> Changed(JsonNode body, string text)
    {
        const string mark = "ODDTEXT";
        var count = Texts(body).Count();
        for (var i = 0; i < count; i++)
        {
            var copy = body.DeepClone();
            var leaf = Texts(copy).ElementAt(i);
            leaf.ReplaceWith(leaf.GetValue<string>() + mark);
            var written = text == "\\ud800" ? text : JsonValue.Create(text).ToJsonString().Trim('"');
            yield return Encoding.UTF8.GetBytes(copy.ToJsonString().Replace(mark, written, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<JsonValue> Texts(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Texts(p.Value)),
        JsonArray a => a.SelectMany(Texts),
        JsonValue v when v.GetValueKind() == JsonValueKind.String => [v],
        _ => [],
    };
}
