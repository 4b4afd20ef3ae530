using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>Talks HTTP as an outside program does.</summary>
public sealed class HotlineClient(string address, string? key)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public Task<HotlineAnswer> Get(string path, params (string Name, string Value)[] headers) => Send("GET", path, null, headers);

    public Task<HotlineAnswer> Put(string path, JsonNode body, params (string Name, string Value)[] headers) => Send("PUT", path, Json(body), headers);

    /// <summary>With a fresh idempotency key unless the headers name one.</summary>
    public Task<HotlineAnswer> Post(string path, JsonNode body, params (string Name, string Value)[] headers) =>
        Send("POST", path, Json(body), headers.Any(h => h.Name == "Idempotency-Key") ? headers : [.. headers, ("Idempotency-Key", Guid.NewGuid().ToString())]);

    public async Task<HotlineAnswer> Send(string method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address + path) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await Http.SendAsync(request);
        return new HotlineAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(),
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    public static HttpContent Json(JsonNode body) => Bytes(Encoding.UTF8.GetBytes(body.ToJsonString()));

    public static HttpContent Bytes(byte[] body, string contentType = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType.Length == 0 ? null : MediaTypeHeaderValue.Parse(contentType);
        return content;
    }
}

/// <summary>An answer, read whole.</summary>
public sealed record HotlineAnswer(int Status, string? MediaType, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Body => JsonNode.Parse(Text)!;

    public string? Code => this["code"]?.GetValue<string>();

    public JsonNode? this[string name] => Body[name];

    /// <summary>Fails unless this is a whole problem body with this status and code.</summary>
    public void IsProblem(int status, string code)
    {
        Assert.Equal((status, code), (Status, MediaType == "application/problem+json" ? Code : Text));
        Assert.Equal(status, this["status"]!.GetValue<int>());
        Assert.All(["title", "detail"], part => Assert.Matches("\\p{IsCJKUnifiedIdeographs}", this[part]!.GetValue<string>()));
        Assert.False(string.IsNullOrEmpty(this["traceId"]?.GetValue<string>()));
    }
}
