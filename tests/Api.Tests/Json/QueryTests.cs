using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>Query parameters are taken as the document names them, or refused.</summary>
public sealed class QueryTests(HotlineApp app)
{
    /// <summary>Whatever else is wrong with these requests, the unknown parameter is told first.</summary>
    [Fact]
    public async Task EveryEndpoint_RefusesAnUnknownParameter_AndNamesThoseItHas()
    {
        var operations = await Operations();
        Assert.True(operations.Count > 100);
        foreach (var (method, path, media, query) in operations)
        {
            var answer = await Send(method, path + "?zzz=1", media);
            Assert.Equal((400, "query.unknown", $"{method} {path}"), (answer.Status, answer.Code, $"{method} {path}"));
            var error = Assert.Single(answer["errors"]!.AsArray())!;
            Assert.Equal(("?zzz", "query.unknown"), (error["pointer"]!.GetValue<string>(), error["code"]!.GetValue<string>()));
            var told = error["message"]!.GetValue<string>();
            Assert.Equal(query.Order(), told.Contains('：') ? told.Split('：')[1].TrimEnd('。').Split('、').Order() : []);
        }
    }

    [Fact]
    public async Task EveryEndpoint_TakesItsOwnParameters()
    {
        foreach (var (method, path, media, query) in await Operations())
        {
            if (query.Length > 0)
            {
                var answer = await Send(method, $"{path}?{string.Join('&', query.Select(name => name + "="))}", media);
                Assert.False(answer.MediaType == "application/problem+json"
                    && answer.Code!.StartsWith("query.", StringComparison.Ordinal), $"{method} {path}: {answer.Text}");
            }
        }
    }

    [Theory]
    [InlineData("?Unit=DG", "?Unit", "query.unknown")]
    [InlineData("?unit=DG&UNIT=XG", "?UNIT", "query.unknown")]
    [InlineData("?limt=5", "?limt", "query.unknown")]
    [InlineData("?limt", "?limt", "query.unknown")]
    [InlineData("?=5", "?", "query.unknown")]
    [InlineData("?%3Cb%3E=5", "?", "query.unknown")]
    [InlineData("?unit=DG&unit=DG", "?unit", "query.repeated")]
    [InlineData("?limit=1&limit=2&limit=3", "?limit", "query.repeated")]
    public async Task Parameter_ThatIsNone_OrGivenTwice_IsRefused(string query, string pointer, string code)
    {
        var answer = await app.Client.Get("/api/v1/tickets" + query);
        answer.IsProblem(400, code);
        Assert.Equal([pointer], answer["errors"]!.AsArray().Select(e => e!["pointer"]!.GetValue<string>()));
    }

    [Fact]
    public async Task EveryMistake_IsNamedOnce()
    {
        var answer = await app.Client.Get("/api/v1/tickets?a=1&b=2&a=3&status=triage&status=closed&q=x&q=y");
        answer.IsProblem(400, "query.unknown");
        Assert.Equal(["?a", "?b", "?q"], answer["errors"]!.AsArray().Select(e => e!["pointer"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Lists_MayRepeat() =>
        Assert.Equal(200, (await app.Client.Get("/api/v1/tickets?status=triage&status=closed&limit=1")).Status);

    /// <summary>Who may not ask at all is told that, and nothing of the endpoint.</summary>
    [Fact]
    public async Task WithoutAKey_NothingOfTheEndpointIsTold() =>
        (await app.With(null).Get("/api/v1/tickets?zzz=1")).IsProblem(401, "auth.required");

    private Task<HotlineAnswer> Send(string method, string path, string media) => app.Client.Send(method, path,
        method == "GET" ? null : HotlineClient.Bytes("{}"u8.ToArray(), media == "multipart/form-data" ? media + "; boundary=x" : media),
        ("Idempotency-Key", Guid.NewGuid().ToString()));

    /// <summary>Every operation of the document, its path filled in, with the content it takes and the names of its query
    /// parameters.</summary>
    private async Task<IReadOnlyList<(string Method, string Path, string Media, string[] Query)>> Operations()
    {
        var document = (await app.With(null).Get("/swagger/v1/swagger.json")).Body;
        return [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation =>
        {
            var parameters = (operation.Value!["parameters"]?.AsArray() ?? [])
                .Select(p => (Name: p!["name"]!.GetValue<string>(), In: p["in"]!.GetValue<string>())).ToArray();
            var filled = parameters.Where(p => p.In == "path")
                .Aggregate(path.Key, (address, p) => address.Replace($"{{{p.Name}}}", Example(p.Name), StringComparison.Ordinal));
            var media = operation.Value["requestBody"]?["content"]?.AsObject().First().Key ?? "application/json";
            return (operation.Key.ToUpperInvariant(), filled, media, parameters.Where(p => p.In == "query").Select(p => p.Name).ToArray());
        }))];
    }

    private static string Example(string name) =>
        name switch { "month" => "2026-01", "quarter" => "2026-Q1", "year" => "2026", "number" => "1", _ => "none" };
}
