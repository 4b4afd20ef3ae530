using System.Net.Http.Json;
using System.Text.Json;

namespace Hotline.Benchmarks.Hosting;

/// <summary>A real silo process on loopback.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    public const string Key = "benchmark-bootstrap-key-0123456789abcdef";

    private SiloProcess(ChildProcess process, int port, TimeSpan startUp) =>
        (Process, Port, StartUp, Http) = (process, port, startUp, Client(port));

    public ChildProcess Process { get; }
    public int Port { get; }

    /// <summary>From the command to ready.</summary>
    public TimeSpan StartUp { get; }

    /// <summary>Carries the key with every role.</summary>
    public HttpClient Http { get; }

    /// <param name="folder">Its data folder.</param>
    /// <param name="postgres">A connection, or null for SQLite in the folder.</param>
    public static async Task<SiloProcess> Start(string folder, string? postgres)
    {
        var port = Places.FreePort();
        var environment = new Dictionary<string, string>
        {
            ["HOTLINE_DATA"] = folder,
            ["HOTLINE_BOOTSTRAP_KEY"] = Key,
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
        };
        if (postgres is not null)
        {
            environment["HOTLINE_POSTGRES"] = postgres;
        }
        var watch = Stopwatch.StartNew();
        var process = ChildProcess.Start("dotnet", [Places.SiloDll], environment);
        await UntilReady(process, port);
        return new SiloProcess(process, port, watch.Elapsed);
    }

    /// <summary>Reads JSON; anything but success ends the benchmark.</summary>
    public async Task<JsonElement> Read(string path)
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonElement.Parse(text)
            : throw new InvalidOperationException($"GET {path}: {(int)answer.StatusCode} {text}");
    }

    /// <summary>Sends a JSON body and returns the answer's text; anything but success ends the benchmark.</summary>
    public async Task<string> Send(HttpMethod method, string path, object? body, string? idempotencyKey = null, string? actingFor = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType());
        request.Headers.Add("Idempotency-Key", idempotencyKey ?? $"setup {Stopwatch.GetTimestamp()}".Replace(' ', '-'));
        if (actingFor is not null)
        {
            request.Headers.Add("X-Acting-For", Uri.EscapeDataString(actingFor));
        }
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
    }

    private static HttpClient Client(int port)
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        return client;
    }

    private static async Task UntilReady(ChildProcess process, int port)
    {
        using var client = Client(port);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(60) && !process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(20);
        }
        throw new InvalidOperationException("The silo did not become ready: " + process.Output);
    }
}
