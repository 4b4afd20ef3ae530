using Hotline.Integrity;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>Checks and rebuilds of the store, beside the running service.</summary>
internal static class StoreWorkEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var store = api.MapGroup("/store").WithTags(Tags.System);
        store.MapPost("/checks", Check).RequireRoles(Role.Administrator, Role.Auditor).Produces<StoreWork>(202);
        store.MapPost("/rebuilds", Rebuild).RequireRoles(Role.Administrator).Produces<StoreWork>(202);
        store.MapGet("/works", Latest).RequireRoles(Role.Administrator, Role.Auditor).Produces<Listed<StoreWork>>();
        store.MapGet("/works/{id}", Get).RequireRoles(Role.Administrator, Role.Auditor).Produces<StoreWork>();
    }

    /// <summary>核对存储</summary>
    /// <remarks>逐件核对办理经过的校验值、文字、索引，并核对幂等键、封存记录和公布内容，指出每一处不一致。只读取，不改动。完成前可随时查看进度。</remarks>
    internal static async Task<IResult> Check(CommandContext command, IGrainFactory grains) => await Begin(StoreWorkKind.Check, command, grains);

    /// <summary>重建索引</summary>
    /// <remarks>由办理经过重新生成索引中与之不一致的内容；办理经过或文字本身受损的工单只指出，不改动。不影响正在进行的办理。</remarks>
    internal static async Task<IResult> Rebuild(CommandContext command, IGrainFactory grains) => await Begin(StoreWorkKind.Rebuild, command, grains);

    /// <summary>查看存储作业</summary>
    /// <param name="id">作业编号。</param>
    internal static async Task<IResult> Get(string id, IGrainFactory grains) => Answer.Of(await Works(grains).Get(id), work => Answer.Ok(work));

    /// <summary>最近的存储作业</summary>
    /// <remarks>最近 20 项，从新到旧。节点重新启动后不再列出。</remarks>
    internal static async Task<IResult> Latest(IGrainFactory grains) => Answer.Ok(new Listed<StoreWork>(await Works(grains).Latest()));

    private static async Task<IResult> Begin(StoreWorkKind kind, CommandContext command, IGrainFactory grains) =>
        Answer.Of(await Works(grains).Begin(kind, command.Call), work => Answer.Accepted("/api/v1/store/works/" + work.Id, work));

    private static IStoreWorkGrain Works(IGrainFactory grains) => grains.GetGrain<IStoreWorkGrain>(IStoreWorkGrain.Key);
}
