using System.Globalization;
using System.Text.Json;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Microsoft.AspNetCore.Http.Features;

namespace Hotline.Api;

/// <summary>How ticket commands answer: the ticket's JSON as the grain wrote it, its version as ETag, and whether the answer is a repeat.</summary>
internal sealed class TicketAnswer(TicketReceipt receipt) : IResult
{
    public static IResult Of(Result<TicketReceipt> result) => result.Rejection is { } rejection ? Refusal.Of(rejection) : new TicketAnswer(result.Value!);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = receipt.Created ? 201 : 200;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.ETag = "\"" + receipt.Version.ToString(CultureInfo.InvariantCulture) + "\"";
        if (receipt.Created)
        {
            response.Headers.Location = "/api/v1/tickets/" + receipt.Id;
        }

        if (receipt.Replayed)
        {
            response.Headers[Answer.ReplayedHeader] = "true";
        }

        response.ContentLength = receipt.Body.Length;
        return response.Body.WriteAsync(receipt.Body, httpContext.RequestAborted).AsTask();
    }
}

/// <summary>What endpoints of tickets take from the request.</summary>
internal static class TicketRequest
{
    public static Actor GetRequiredActor(this IFeatureCollection features) => features.GetRequiredFeature<Actor>();
}

/// <summary>办理经过的一条</summary>
/// <param name="Seq">序号，从 1 连续</param>
/// <param name="Type">事件种类</param>
/// <param name="At">时间</param>
/// <param name="Actor">操作人</param>
/// <param name="Client">所用的密钥</param>
/// <param name="Details">事件内容，不含个人信息</param>
/// <param name="Text">答复、理由、备注等文字</param>
/// <param name="Hash">与前一条相连的散列值</param>
internal sealed record EventView(string Ticket, int Seq, string Type, DateTimeOffset At, string Actor, string Client, JsonElement Details, string? Text, string Hash)
{
    public static EventView Of(string ticket, EventRow row, string? text = null)
    {
        using var body = JsonDocument.Parse(row.Body);
        return new(ticket, row.Seq, row.Type, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Actor, row.Client, body.RootElement.Clone(),
            text, row.Hash);
    }
}
