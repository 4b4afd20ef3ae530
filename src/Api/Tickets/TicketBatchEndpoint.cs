using System.Security.Cryptography;
using System.Text.Json;
using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Api;

/// <summary>批量登记的内容。</summary>
/// <param name="Items">至多 500 件。</param>
internal sealed record TicketBatch(IReadOnlyList<Register> Items);

/// <summary>批量登记中一件的结果。</summary>
/// <param name="Index">在请求中的位置，从 0 起。</param>
/// <param name="Status">该件单独登记时的状态码：201 新登记，200 已有，其他为错误。</param>
/// <param name="Ticket">工单编号；未登记时为空。</param>
/// <param name="Error">错误；登记成功时为空。</param>
internal sealed record TicketBatchItem(int Index, int Status, string? Ticket, FieldError? Error);

/// <summary>Many tickets in one request; each stands for itself.</summary>
internal static class TicketBatchEndpoint
{
    private const int Most = 500;

    public static void Map(RouteGroupBuilder api) => api.MapPost("/tickets:batch", Register).WithTags(Tags.Intake)
        .RequireRoles(Role.CommandSystem, Role.Dispatcher).Produces<Listed<TicketBatchItem>>();

    /// <summary>批量登记工单</summary>
    /// <remarks>逐件登记，互不影响；每件各有结果。重试时用同一 Idempotency-Key，已登记的返回首次的结果。</remarks>
    internal static async Task<IResult> Register(TicketBatch body, CommandContext command, IGrainFactory grains)
    {
        if (body.Items.Count is 0 or > Most)
        {
            return Refusal.OfInput([new("/items", "validation.range", $"一次登记 1 至 {Most} 件。")]);
        }

        var results = await Task.WhenAll(body.Items.Select((item, index) => RegisterOne(item, index, command, grains)));
        return Answer.Ok(new Listed<TicketBatchItem>(results));
    }

    private static async Task<TicketBatchItem> RegisterOne(Register item, int index, CommandContext command, IGrainFactory grains)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(item, ApiJson.Options)));
        var call = new CallContext(command.Actor, $"{command.Key}/{index}", hash);
        var result = await grains.Ticket(TicketIdentity.KeyOf(item.Source, item.ExternalNo)).Register(item, call);
        if (result.Rejection is { } rejection)
        {
            return new(index, Refusal.Of(rejection).Status, null, new($"/items/{index}{rejection.Pointer}", rejection.Code, rejection.Detail));
        }

        return new(index, result.Value!.Created ? 201 : 200, result.Value.Id, null);
    }
}
