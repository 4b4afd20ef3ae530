using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Access;

/// <summary>What is kept of an answered request.</summary>
internal sealed record PostState
{
    public string? BodyHash { get; init; }
    public KeptAnswer? Answer { get; init; }
    public long At { get; init; }
}

internal sealed class PostGrain([PersistentState("post", StorageHosting.Records)] IPersistentState<PostState> store, TimeProvider time) : Grain, IPostGrain
{
    /// <summary>A request that was not ended within this time died with its process.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    private string? running;
    private DateTimeOffset since;

    public Task<PostTurn> Begin(string bodyHash)
    {
        var isRunning = running is not null && time.GetUtcNow() - since < LongestRun;
        var first = store.State.BodyHash ?? (isRunning ? running : null);
        var turn = first switch
        {
            null => new PostTurn(null, null),
            _ when first != bodyHash =>
                new(null, new("idempotency.mismatch", "该 Idempotency-Key 已用于内容不同的请求，请换用新的键。")),
            _ when store.State.Answer is { } kept => new(kept, null),
            _ => new(null, new("idempotency.running", "相同的请求正在处理，请稍后再试。", RejectionKind.State)),
        };
        if (first is null)
        {
            (running, since) = (bodyHash, time.GetUtcNow());
        }
        return Task.FromResult(turn);
    }

    public async Task End(KeptAnswer? answer)
    {
        if (answer is not null)
        {
            await store.WriteOrRestore(new PostState { BodyHash = running, Answer = answer, At = time.GetUtcNow().ToUnixTimeMilliseconds() });
        }
        running = null;
    }
}
