using System.Text.Json;
using Hotline.Storage;

namespace Hotline.Api;

/// <summary>The feed as server-sent events. Bounded: so many streams a process, an hour each, and it ends with the host; the reader resumes where it was.</summary>
internal sealed class EventStream(FeedPage first, string? from) : IResult
{
    private const int MostStreams = 20;
    private const int PageSize = 200;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    /// <summary>A comment line after so many pauses without an event tells the reader, and whatever lies between, that the stream lives.</summary>
    private const int QuietPauses = 15;

    private static int _open;

    /// <summary>How long to wait when nothing is new.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            if (Interlocked.Increment(ref _open) > MostStreams)
            {
                await new Refusal(503, "feed.busy", "事件流连接已达上限，请稍后重试，或改用普通读取。") { RetryAfter = 5 }.ExecuteAsync(httpContext);
                return;
            }
            await Stream(httpContext);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task Stream(HttpContext http)
    {
        var host = http.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        var reads = http.RequestServices.GetRequiredService<TicketStoreReads>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        ending.CancelAfter(Longest);
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        try
        {
            await http.Response.WriteAsync("retry: 2000\n\n", ending.Token);
            await Follow(http.Response, reads, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader left, the hour is over, or the host stops.
        }
    }

    private async Task Follow(HttpResponse response, TicketStoreReads reads, CancellationToken ending)
    {
        var (page, cursor, quiet) = (first, first.Next ?? from, 0);
        while (true)
        {
            foreach (var e in page.Events)
            {
                var json = JsonSerializer.Serialize(FeedItem.Of(e), ApiJson.Options);
                await response.WriteAsync($"id: {e.Cursor}\nevent: {e.Event.Type}\ndata: {json}\n\n", ending);
            }
            quiet = page.Events.Count > 0 ? 0 : quiet + 1;
            if (quiet == QuietPauses)
            {
                await response.WriteAsync(": heartbeat\n\n", ending);
                quiet = 0;
            }
            await response.Body.FlushAsync(ending);
            if (page.Events.Count == 0)
            {
                await Task.Delay(Pause, ending);
            }
            page = (await reads.Feed(cursor, PageSize, ending))!;
            cursor = page.Next ?? cursor;
        }
    }
}
