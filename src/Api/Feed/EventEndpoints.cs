using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Api;

/// <summary>事件</summary>
/// <param name="Ticket">工单编号</param>
/// <param name="Seq">该工单内的序号，从 1 连续</param>
/// <param name="Type">事件种类</param>
/// <param name="At">时间</param>
internal sealed record FeedItem(string Ticket, int Seq, string Type, DateTimeOffset At)
{
    public static FeedItem Of(FeedEvent e) => new(e.TicketId, e.Event.Seq, e.Event.Type, DateTimeOffset.FromUnixTimeMilliseconds(e.Event.At));
}

/// <summary>一页事件</summary>
/// <param name="Items">事件，同一工单内按序号</param>
/// <param name="NextCursor">下次从此处继续；没有新事件时与传入的相同</param>
internal sealed record FeedAnswer(IReadOnlyList<FeedItem> Items, string? NextCursor);

/// <summary>The feed of all tickets' events: gap-free, resumable, thin (what is in a ticket is read from the ticket).</summary>
internal static class EventEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/events", Read).RequireRoles(Role.CommandSystem, Role.Auditor).WithTags(Tags.System).Produces<FeedAnswer>().Refuses(429);

    /// <summary>读取事件流</summary>
    /// <remarks>不重不漏，可从任一位置继续。Accept 为 text/event-stream 时持续推送，断线后凭 Last-Event-ID 续传；每个密钥在每个节点最多 4 个连接，密钥吊销或到期后 2 秒内断开。内容不含个人信息。</remarks>
    /// <param name="after">上次得到的 nextCursor；不填则从头开始。</param>
    /// <param name="limit">条数，1 至 200，默认 50。</param>
    internal static async Task<IResult> Read(HttpContext http, TicketStoreReads reads, string? after, int? limit)
    {
        if (limit is < 1 or > 200)
        {
            return Refusal.OfInput([new("?limit", "validation.range", "条数应在 1 与 200 之间。")]);
        }
        var resumed = http.Request.Headers["Last-Event-ID"].ToString();
        var from = resumed.Length > 0 ? resumed : string.IsNullOrEmpty(after) ? null : after;
        if (await reads.Feed(from, limit ?? 50, http.RequestAborted) is not { } page)
        {
            return Refusal.OfInput([new("?after", "cursor.invalid", "位置标记无效。")]);
        }
        return http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase)
            ? new EventStream(page, from)
            : Answer.Ok(new FeedAnswer([.. page.Events.Select(FeedItem.Of)], page.Next ?? from));
    }
}
