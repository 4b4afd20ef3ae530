using System.Text.Json;
using Hotline.Access;
using Hotline.Storage;

namespace Hotline.Api;

/// <summary>The feed as server-sent events. Bounded: so many streams a key and a process, an hour each. It ends with the host, and as soon as its key may no
/// longer read; the reader resumes where it was.</summary>
internal sealed class EventStream(FeedPage first) : IResult
{
    private const int PageSize = 200;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>With the second that a copy of the keys may be old, a revoked key's stream ends within two.</summary>
    private static readonly TimeSpan KeyCheck = TimeSpan.FromMilliseconds(500);

    /// <summary>A comment line after so many pauses without an event tells the reader, and whatever lies between, that the stream lives.</summary>
    private const int QuietPauses = 15;

    /// <summary>How long to wait when nothing is new.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (seat, refusal) = httpContext.RequestServices.GetRequiredService<StreamSeats>().Take(httpContext.Actor().Client);
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(httpContext);
            return;
        }
        using (seat)
        {
            await Stream(httpContext);
        }
    }

    private async Task Stream(HttpContext http)
    {
        var host = http.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        var feed = http.RequestServices.GetRequiredService<EventFeed>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        ending.CancelAfter(Longest);
        var watch = WatchKey(http, ending);
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        try
        {
            await http.Response.WriteAsync("retry: 2000\n\n", ending.Token);
            await Follow(http.Response, feed, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader left, its key ended, the hour is over, or the host stops.
        }
        finally
        {
            await ending.CancelAsync();
            await watch;
        }
    }

    /// <summary>Ends the stream when its key was revoked or has expired, also while a slow reader holds up a write, and when nobody can tell.</summary>
    private static async Task WatchKey(HttpContext http, CancellationTokenSource ending)
    {
        var who = http.RequestServices.GetRequiredService<WhoCalls>();
        var secret = http.Request.Headers[ApiKeyAuthentication.Header].ToString();
        try
        {
            while (await who.Of(secret) is not null)
            {
                await Task.Delay(KeyCheck, ending.Token);
            }
        }
        catch (Exception)
        {
            // The stream has ended, or for a minute nobody could say whose the key is.
        }
        finally
        {
            await ending.CancelAsync();
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
