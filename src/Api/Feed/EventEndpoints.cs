using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Api;

/// <summary>事件</summary>
/// <param name="Ticket">工单编号</param>
/// <param name="Seq">该工单内的序号，从 1 连续</param>
/// <param name="Type">事件种类</param>
/// <param name="At">时间</param>
/// <param name="Epoch">写入时存储所处的世代；从备份恢复后开始新的世代，工单编号、序号与世代三者合起来才唯一</param>
internal sealed record FeedItem(string Ticket, int Seq, string Type, DateTimeOffset At, long Epoch)
{
    public static FeedItem Of(FeedEvent e) => new(e.TicketId, e.Event.Seq, e.Event.Type, DateTimeOffset.FromUnixTimeMilliseconds(e.Event.At), e.Epoch);
}

/// <summary>一页事件</summary>
/// <param name="Items">事件，同一工单内按序号</param>
/// <param name="NextCursor">下次从此处继续；没有新事件时与传入的相同</param>
/// <param name="LagSeconds">最早一条已写入而尚不能给出的事件已等待的秒数；0 表示已全部给出，或还有下一页可读</param>
internal sealed record FeedAnswer(IReadOnlyList<FeedItem> Items, string NextCursor, int LagSeconds);

/// <summary>The feed of all tickets' events: gap-free, resumable, thin (what is in a ticket is read from the ticket).</summary>
internal static class EventEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/events", Read).RequireRoles(Role.CommandSystem, Role.Auditor).WithTags(Tags.System).Produces<FeedAnswer>().Refuses(410).Refuses(429);

    /// <summary>读取事件流</summary>
    /// <remarks>不重不漏，可从任一位置继续。Accept 为 text/event-stream 时持续推送，断线后凭 Last-Event-ID 续传；每个密钥在每个节点最多 4 个连接，密钥吊销或到期后 2 秒内断开。内容不含个人信息。
    /// 从备份恢复之前得到的位置不再有效，回应 410（feed.restored），应从头读取。</remarks>
    /// <param name="after">上次得到的 nextCursor；不填则从头开始。</param>
    /// <param name="limit">条数，1 至 200，默认 50。</param>
    internal static async Task<IResult> Read(HttpContext http, EventFeed feed, string? after, PageSize? limit)
    {
        var resumed = http.Request.Headers["Last-Event-ID"].ToString();
        var from = resumed.Length > 0 ? resumed : string.IsNullOrEmpty(after) ? null : after;
        var read = await feed.Read(from, limit?.Rows ?? PageSize.Usual, http.RequestAborted);
        if (read.Value is not { } page)
        {
            return Refusal.Of(read.Rejection!);
        }
        return http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase)
            ? new EventStream(page)
            : Answer.Ok(new FeedAnswer([.. page.Events.Select(FeedItem.Of)], page.Next, (int)page.Lag.TotalSeconds));
    }
}
