using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hotline.Faults;

/// <summary>An address at which the service answers.</summary>
internal sealed record Node(string Name, string Url);

/// <summary>A command as it is sent, and sent again.</summary>
/// <param name="Actor">In whose name; separation of duties compares it.</param>
internal sealed record Command(string Key, string Subject, string Name, string Path, string Body, string Actor)
{
    public string BodyHash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path + "\n" + Body)));
}

/// <summary>Speaks to the service over HTTP and sorts its answers.</summary>
internal static class Service
{
    public const string ApiKey = "hk_faults_bootstrap_key_with_every_role_0001";

    /// <summary>Longer than the service's own patience with a silent silo.</summary>
    private static readonly HttpClient Http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(15) };

    /// <summary>Sends the command once, to one node.</summary>
    public static async Task<Attempt> Send(this Recorder recorder, Node node, Command command)
    {
        var attempt = new Attempt(node.Name, command.Key, command.BodyHash, command.Subject, command.Name, recorder.Now, 0, Outcome.Unknown);
        recorder.Invoke(attempt);
        try
        {
            using var request = Request(HttpMethod.Post, node, command.Path, command.Actor);
            request.Headers.Add("Idempotency-Key", command.Key);
            request.Content = new StringContent(command.Body, Encoding.UTF8, "application/json");
            using var response = await Http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            return recorder.End(Judge(attempt with { EndedAt = recorder.Now, Status = (int)response.StatusCode }, response, body));
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or IOException)
        {
            return recorder.End(attempt with { EndedAt = recorder.Now, Code = fault.GetType().Name });
        }
    }

    /// <summary>Reads a document; null when the node does not answer with one.</summary>
    public static async Task<JsonElement?> Read(Node node, string path)
    {
        try
        {
            using var request = Request(HttpMethod.Get, node, path, "auditor");
            using var response = await Http.SendAsync(request);
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>() : null;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }

    public static async Task PutUnit(Node node, string code, string name)
    {
        using var request = Request(HttpMethod.Put, node, "/api/v1/units/" + code, "admin");
        request.Content = JsonContent.Create(new { name, tier = "station", head = "张三", deputyChief = "李四" });
        using var response = await Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Sends a history file and answers where its import can be followed.</summary>
    public static async Task<string> Upload(Node node, byte[] file)
    {
        using var request = Request(HttpMethod.Post, node, "/api/v1/imports?kind=history", "admin");
        request.Headers.Add("Idempotency-Key", "upload-" + Convert.ToHexStringLower(SHA256.HashData(file))[..16]);
        request.Content = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "history.csv" } };
        using var response = await Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return response.Headers.Location!.ToString();
    }

    /// <summary>Sends a body in somebody's name; the status and the answer, or null when the node is gone before it answered.</summary>
    public static async Task<(int Status, string Body)?> Post(Node node, string path, string actor, string key, object body)
    {
        try
        {
            using var request = Request(HttpMethod.Post, node, path, Uri.EscapeDataString(actor));
            request.Headers.Add("Idempotency-Key", key);
            request.Content = JsonContent.Create(body);
            using var response = await Http.SendAsync(request);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }

    public static async Task<bool> IsReady(Node node)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try
        {
            using var response = await Http.GetAsync(node.Url + "/health/ready", patience.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or IOException)
        {
            return false;
        }
    }

    public static async Task UntilReady(Node node, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (!await IsReady(node))
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"{node.Name} was not ready within {patience}.");
            }
            await Task.Delay(50);
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, Node node, string path, string actor)
    {
        var request = new HttpRequestMessage(method, node.Url + path);
        request.Headers.Add("X-Api-Key", ApiKey);
        request.Headers.Add("X-Acting-For", actor);
        return request;
    }

    private static Attempt Judge(Attempt attempt, HttpResponseMessage response, string body)
    {
        var repeated = response.Headers.Contains("Idempotency-Replayed");
        if (response.IsSuccessStatusCode)
        {
            var version = response.Headers.ETag is { } tag ? long.Parse(tag.Tag.Trim('"')) : (long?)null;
            return attempt with { Outcome = Outcome.Done, Answer = body, Version = version, Replayed = repeated };
        }
        var code = CodeOf(body);
        var isOpen = attempt.Status >= 500 || attempt.Status is 408 or 429 || code == "idempotency.running";
        return attempt with { Outcome = isOpen ? Outcome.Unknown : Outcome.Refused, Code = code ?? body };
    }

    private static string? CodeOf(string body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
