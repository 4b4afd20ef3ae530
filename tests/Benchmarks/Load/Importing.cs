using System.Net.Http.Headers;
using System.Text.Json;

namespace Hotline.Benchmarks.Load;

/// <summary>Imports a file through the API and waits for its end.</summary>
internal static class Importing
{
    public static async Task<TimeSpan> Import(SiloProcess silo, byte[] file, string name, bool keepOpen = false, string kind = "history")
    {
        using var content = new MultipartFormDataContent();
        using var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        content.Add(part, "file", name + ".csv");
        var path = $"/api/v1/imports?kind={kind}&charset=utf-8&keepOpen={(keepOpen ? "true" : "false")}";
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Idempotency-Key", name);
        var watch = Stopwatch.StartNew();
        using var answer = await silo.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"Import: {(int)answer.StatusCode} {text}");
        }
        var id = JsonDocument.Parse(text).RootElement.GetProperty("id").GetString();
        while (true)
        {
            using var status = JsonDocument.Parse(await silo.Http.GetStringAsync(new Uri($"/api/v1/imports/{id}", UriKind.Relative)));
            switch (status.RootElement.GetProperty("status").GetString())
            {
                case "completed" when status.RootElement.GetProperty("rejected").GetInt32() == 0:
                    return watch.Elapsed;
                case "running" when watch.Elapsed < TimeSpan.FromMinutes(10):
                    await Task.Delay(50);
                    break;
                default:
                    throw new InvalidOperationException($"Import: {status.RootElement.GetProperty("status")}, {status.RootElement.GetProperty("rows")} rows, "
                        + $"{status.RootElement.GetProperty("errors")} {silo.Process.Output}");
            }
        }
    }
}
