using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hotline.Tickets;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Api;

/// <summary>The OpenAPI document that people read in Swagger. Every new endpoint has to pass these.</summary>
public sealed class DocumentTests(HotlineApp app)
{
    private const string Chinese = "\\p{IsCJKUnifiedIdeographs}";

    [Fact]
    public async Task EveryOperation_HasAChineseSummaryATagAndAStableId()
    {
        var operations = await Operations();
        Assert.All(operations, o => Assert.Matches(Chinese, Text(o, "summary")));
        Assert.All(operations, o => Assert.Contains(o.Node["tags"]!.AsArray().Single()!.GetValue<string>(), Tags.All.Select(t => t.Name)));
        Assert.Equal(operations.Count, operations.Select(o => Text(o, "operationId")).Distinct().Count());
    }

    [Fact]
    public async Task EveryOperation_ShowsItsRefusalsAsProblems()
    {
        foreach (var operation in await Operations())
        {
            var refusals = operation.Node["responses"]!.AsObject().Where(r => r.Key[0] is '4' or '5').ToArray();
            Assert.Contains("401", refusals.Select(r => r.Key));
            Assert.All(refusals, r => Assert.Equal(["application/problem+json"], r.Value!["content"]!.AsObject().Select(c => c.Key)));
        }
    }

    [Fact]
    public async Task EveryAnswer_HasASchemaAndAnExample()
    {
        foreach (var operation in await Operations())
        {
            var answers = operation.Node["responses"]!.AsObject().Where(r => r.Key[0] == '2').ToArray();
            Assert.NotEmpty(answers);
            Assert.All(answers, a => Assert.True(a.Value!["content"] is not null, $"{operation.Name}: {a.Key} declares no type (Produces)"));
            Assert.All(answers.Select(a => a.Value!["content"]!["application/json"]).OfType<JsonNode>(), json => Assert.True(json["example"] is not null, $"{operation.Name}: no example"));
        }
    }

    [Fact]
    public async Task EveryJsonBody_HasAnExample() =>
        Assert.All(await Operations(), o => Assert.True(o.Node["requestBody"]?["content"]?["application/json"] is not { } body || body["example"] is not null, $"{o.Name}: no example (ShowsRequest)"));

    [Fact]
    public async Task EveryExampleOfABody_IsWhatItsOwnCheckTakes_AndHoldsNoBlank()
    {
        var bodies = app.Host.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items.SelectMany(g => g.Items)
            .Select(d => (Name: $"{d.HttpMethod!.ToLowerInvariant()} /{Regex.Replace(d.RelativePath!.TrimEnd('/'), ":[a-z]+(?=})", "")}", d.ParameterDescriptions.FirstOrDefault(p => p.Source == BindingSource.Body)?.Type))
            .Where(b => b.Type is not null).DistinctBy(b => b.Name).ToDictionary(b => b.Name, b => b.Type!);
        var shown = (await Operations()).Where(o => o.Node["requestBody"]?["content"]?["application/json"] is not null).ToArray();
        Assert.InRange(shown.Length, 60, 200);
        Assert.All(shown, o =>
        {
            var example = o.Node["requestBody"]!["content"]!["application/json"]!["example"]!.ToJsonString();
            var faults = BodyCheck.Check(Encoding.UTF8.GetBytes(example), bodies[o.Name]);
            Assert.True(faults.Count == 0, $"{o.Name}: {string.Join("; ", faults)}");
            Assert.DoesNotContain("\"……\"", Regex.Unescape(example), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task EveryCode_HasAChineseWord()
    {
        foreach (var (name, schema) in (await Document())["components"]!["schemas"]!.AsObject().Where(s => s.Value!["enum"] is not null))
        {
            Assert.All(schema!["enum"]!.AsArray(), code => Assert.True(
                Regex.IsMatch(schema["description"]!.GetValue<string>(), $"`{code}` [^`]*{Chinese}"), $"{name}.{code} has no word"));
        }
    }

    [Fact]
    public async Task EveryTicketCommand_IsARouteUnderItsChineseName_AndSaysInChineseWhereItLeads()
    {
        var operations = (await Operations()).ToDictionary(o => o.Name, o => o.Node);
        foreach (var row in TicketLifecycle.Rows)
        {
            var operation = operations[$"post /api/v1/tickets/{{id}}/{row.Name}"];
            Assert.Equal(row.Chinese, operation["summary"]!.GetValue<string>());
            Assert.DoesNotContain(" | ", operation["description"]!.GetValue<string>(), StringComparison.Ordinal);
        }
        Assert.Contains("之后：已办结或待重办或状态不变。", operations["post /api/v1/tickets/{id}/callback"]["description"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryParameter_IsExplainedInChinese() =>
        Assert.All(await Operations(), o => Assert.All(o.Node["parameters"]?.AsArray() ?? [], p => Assert.Matches(Chinese, p!["description"]?.GetValue<string>() ?? $"{o.Name} {p["name"]}")));

    [Fact]
    public async Task EverySchemaAndMember_IsExplainedInChinese()
    {
        foreach (var (name, schema) in (await Document())["components"]!["schemas"]!.AsObject())
        {
            Assert.True(IsChinese(schema!), $"{name}: {schema!["description"]}");
            Assert.All(schema!["properties"]?.AsObject() ?? [], p => Assert.True(IsChinese(p.Value!), $"{name}.{p.Key}: {p.Value!["description"]}"));
        }
    }

    [Fact]
    public async Task EveryPost_DemandsTheIdempotencyKey() =>
        Assert.All((await Operations()).Where(o => o.Name.StartsWith("post", StringComparison.Ordinal)),
            o => Assert.Contains(o.Node["parameters"]!.AsArray(), p => p!["name"]!.GetValue<string>() == "Idempotency-Key" && p["required"]?.GetValue<bool>() == true));

    [Fact]
    public async Task Document_NamesTheKeyHeaderAndTheTags()
    {
        var document = await Document();
        Assert.Equal("X-Api-Key", document["components"]!["securitySchemes"]!["apiKey"]!["name"]!.GetValue<string>());
        Assert.Equal(Tags.All.Select(t => t.Name), document["tags"]!.AsArray().Select(t => t!["name"]!.GetValue<string>()));
        Assert.Matches(Chinese, document["info"]!["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task RequiredMembers_AreThoseThatTheCheckDemands()
    {
        var schema = (await Document())["components"]!["schemas"]!["UnitBody"]!;
        Assert.Equal(["name", "tier"], schema["required"]!.AsArray().Select(r => r!.GetValue<string>()));
        Assert.Equal(64, schema["properties"]!["name"]!["maxLength"]!.GetValue<int>());
    }

    private static bool IsChinese(JsonNode schema)
    {
        var text = schema["description"]?.GetValue<string>() ?? schema["$ref"]?.GetValue<string>() ?? schema["items"]?["$ref"]?.GetValue<string>() ?? "";
        return text.StartsWith("#/", StringComparison.Ordinal) || Regex.IsMatch(text, Chinese);
    }

    private static string Text((string Name, JsonNode Node) operation, string member) => operation.Node[member]?.GetValue<string>() ?? operation.Name;

    private async Task<JsonNode> Document() => (await app.With(null).Get("/swagger/v1/swagger.json")).Body;

    private async Task<IReadOnlyList<(string Name, JsonNode Node)>> Operations()
    {
        var paths = (await Document())["paths"]!.AsObject();
        var operations = paths.SelectMany(p => p.Value!.AsObject().Select(o => (o.Key + " " + p.Key, o.Value!))).ToArray();
        Assert.NotEmpty(operations);
        return operations;
    }
}
