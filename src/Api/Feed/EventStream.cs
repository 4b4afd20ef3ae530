using System.Text.Json;
using Hotline.Storage;

namespace Hotline.Api;

/// <summary>The feed as server-sent events. Bounded: so many streams a process, an hour each, and it ends with the host; the reader resumes where it was.</summary>
internal sealed class EventStream(FeedPage first) : IResult
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
        var feed = http.RequestServices.GetRequiredService<EventFeed>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        ending.CancelAfter(Longest);
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        try
        {
            await http.Response.WriteAsync("retry: 2000\n\n", ending.Token);
            await Follow(http.Response, feed, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader left, the hour is over, or the host stops.
        }
    }

    /// <summary>Ends when the place means nothing any more (the store was restored): the reader that comes back with it is told.</summary>
    private async Task Follow(HttpResponse response, EventFeed feed, CancellationToken ending)
    {
        var quiet = 0;
        for (var page = first; page is not null; page = (await feed.Read(page.Next, PageSize, ending)).Value)
        {
            foreach (var e in page.Events)
            {
                var json = JsonSerializer.Serialize(FeedItem.Of(e), ApiJson.Options);
                await response.WriteAsync($"id: {e.Cursor}\nevent: {e.Event.Type}\ndata: {json}\n\n", ending);
            }
            quiet = page.Events.Count > 0 ? 0 : quiet + 1;
            if (quiet == QuietPauses)
            {
                await response.WriteAsync(page.Lag < FeedReadiness.Tolerated ? ": heartbeat\n\n" : $": lagging {page.Lag.TotalSeconds:0} s\n\n", ending);
                quiet = 0;
            }
            await response.Body.FlushAsync(ending);
            if (page.Events.Count == 0)
            {
                await Task.Delay(Pause, ending);
            }
        }
    }
}
