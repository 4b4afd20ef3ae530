using System.Text.Json.Serialization;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Integrity;

/// <summary>存储作业的种类</summary>
[JsonConverter(typeof(CodeEnumConverter<StoreWorkKind>))]
public enum StoreWorkKind
{
    /// <summary>核对：逐件核对办理经过、文字、索引，以及幂等键、封存记录和公布内容</summary>
    Check = 1,
    /// <summary>重建：由办理经过重新生成索引中不一致的内容</summary>
    Rebuild = 2,
}

/// <summary>存储作业的进度</summary>
[JsonConverter(typeof(CodeEnumConverter<StoreWorkStatus>))]
public enum StoreWorkStatus
{
    /// <summary>正在进行</summary>
    Running = 1,
    /// <summary>已完成</summary>
    Completed = 2,
    /// <summary>中断，未能完成</summary>
    Failed = 3,
}

/// <summary>一次存储核对或重建</summary>
/// <param name="Id">编号</param>
/// <param name="Kind">种类：check 核对，rebuild 重建</param>
/// <param name="Status">进度</param>
/// <param name="Tickets">工单总数</param>
/// <param name="Done">已核对的工单数</param>
/// <param name="Mended">索引被重新生成的工单数；核对不改动任何内容</param>
/// <param name="Sound">未发现问题；未完成时为空</param>
/// <param name="Wrong">发现的问题，最多列出 100 条</param>
/// <param name="By">由谁发起</param>
/// <param name="StartedAt">开始时间</param>
/// <param name="FinishedAt">结束时间</param>
[GenerateSerializer, Immutable, Alias("hotline.StoreWork")]
public sealed record StoreWork(string Id, StoreWorkKind Kind, StoreWorkStatus Status, long Tickets, long Done, long Mended, bool? Sound, IReadOnlyList<string> Wrong,
    string By, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt);

/// <summary>Checks and rebuilds the whole store beside the running service, one at a time. What it found is kept while the silo lives; nothing of it is stored.
/// Key <c>S-work</c>.</summary>
[Alias("hotline.IStoreWorkGrain")]
public interface IStoreWorkGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "S-work";

    /// <summary>Begins a work; the same call again answers the same one. Errors: <c>store.work-running</c>.</summary>
    [Alias("Begin")]
    Task<Result<StoreWork>> Begin(StoreWorkKind kind, CallContext call);

    /// <summary>How far it is, and what it has found. Errors: <c>not-found</c>, also after its silo has ended.</summary>
    [Alias("Get"), Reads]
    Task<Result<StoreWork>> Get(string id);

    /// <summary>The latest works, newest first.</summary>
    [Alias("Latest"), Reads]
    Task<IReadOnlyList<StoreWork>> Latest();
}
